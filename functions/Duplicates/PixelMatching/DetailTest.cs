namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Tests brightness at full detail: windows of 8 × 8 and 4 × 4 points whose difference is far above that of like places of the
/// pair, or whose structure is another one.
/// </summary>
internal static class DetailTest
{
    /// <summary>Squared levels that rounding and interpolation leave anywhere.</summary>
    private const double Floor = 9;

    /// <summary>
    /// Share of its variance that a moderate compression takes of a window, for kinds of windows that are rare in the pair.
    /// </summary>
    private const double Lost = 0.08;

    /// <summary>Root mean square of the difference below which nothing is looked at.</summary>
    public const double LeastError = 14;

    /// <summary>The same of pale print on a page.</summary>
    public const double LeastPale = 8;

    /// <summary>Squared levels that compression leaves of pale print on paper.</summary>
    private const double PaleFloor = 1.5;

    private const int MostSampled = 60_000;

    private const int WindowPoints = 4 * CellStatistics.Side * CellStatistics.Side;

    /// <summary>All windows that differ by <paramref name="least"/> levels at least, with what the rule asks of them.</summary>
    public static List<ChangedWindow> Candidates(CellStatistics cells, double least = LeastError)
    {
        var leastOfCell = (int)(least * least) * CellStatistics.Side * CellStatistics.Side;
        var (windows, places) = (new LikePlaces(), new LikePlaces());
        var suspects = new List<(int X, int Y, bool IsWindow)>();

        // Some hundred thousand windows say what is usual as well as all do.
        var (step, next) = (1 + (cells.Across * cells.Down / MostSampled), 0);
        for (var y = 0; y + 1 < cells.Down; y++)
        {
            var upper = cells.Row(y);
            var lower = cells.Row(y + 1);
            for (var x = 0; x + 1 < upper.Length; x++)
            {
                var single = upper[x].Dd;
                if (single + upper[x + 1].Dd + lower[x].Dd + lower[x + 1].Dd > 4 * leastOfCell)
                {
                    suspects.Add((x, y, true));
                }

                if (single > leastOfCell)
                {
                    suspects.Add((x, y, false));
                }

                if (--next < 0)
                {
                    // A single cell is held against cells in like windows.
                    var window = WindowStatistics.Of(upper[x] + upper[x + 1] + lower[x] + lower[x + 1], WindowPoints);
                    windows.Add(window.LeastVariance, window.MostVariance, window.Error);
                    places.Add(window.LeastVariance, window.MostVariance, single / (double)(CellStatistics.Side * CellStatistics.Side));
                    next = step - 1;
                }
            }
        }

        windows.Close();
        places.Close();
        return suspects.ConvertAll(suspect =>
            suspect.IsWindow ? Window(cells, windows, suspect.X, suspect.Y) : Single(cells, places, suspect.X, suspect.Y)
        );
    }

    private static ChangedWindow Window(CellStatistics cells, LikePlaces places, int x, int y)
    {
        var window = cells.Window(x, y, 2);
        return Measure(window, window.Error, places) with { Left = x, Top = y, Side = 2, Correlation = window.Correlation };
    }

    private static ChangedWindow Single(CellStatistics cells, LikePlaces places, int x, int y)
    {
        var cell = cells.Window(x, y, 1);
        return Measure(cells.Window(x - 1, y - 1, 3), cell.Error, places) with
        {
            Left = x,
            Top = y,
            Side = 1,
            Correlation = cell.Correlation,
        };
    }

    private static ChangedWindow Measure(WindowStatistics around, double error, LikePlaces places)
    {
        var expected = places.Expected(around.LeastVariance, around.MostVariance);
        expected = Floor + (double.IsNaN(expected) ? Lost * around.MostVariance : expected);
        return new ChangedWindow(0, 0, 0, Math.Sqrt(error), Math.Sqrt(error / expected), 0, ChangeKind.Detail);
    }

    /// <summary>Whether a window of a page shows other print though it is pale: it has nothing of the other one's structure.</summary>
    public static bool IsPale(ChangedWindow window)
    {
        var left = (window.Error * window.Error / (window.Ratio * window.Ratio)) - Floor + PaleFloor;
        return window is { Error: > LeastPale, Correlation: < 0.4 } && window.Error * window.Error > 49 * left;
    }

    /// <summary>The better the two correlate, the more must stand out; where they do not, like places no longer count.</summary>
    public static bool IsChange(ChangedWindow window) =>
        window
            is { Error: > 24, Ratio: > 4, Correlation: < 0.6 }
                or { Error: > 38, Ratio: > 4, Correlation: < 0.78 }
                or { Error: > 20, Ratio: > 7, Correlation: < 0.85 }
                or { Error: > 40, Ratio: > 3, Correlation: < 0.6 }
                or { Error: > 45, Ratio: > 2.6, Correlation: < 0.5 }
                or { Error: > 50, Ratio: > 3, Correlation: < 0.7 }
                or { Error: > 40, Correlation: < 0.3 };
}
