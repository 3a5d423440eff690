namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Tests brightness at full detail: windows of 8 × 8 and 4 × 4 points whose difference is far above that of like places of the
/// pair, or whose structure is another one.
/// </summary>
internal static class DetailTest
{
    /// <summary>Squared levels that rounding and interpolation leave anywhere.</summary>
    private const double Floor = 9;

    public static IEnumerable<ChangedWindow> Find(CellStatistics cells)
    {
        var (windows, places) = (new LikePlaces(), new LikePlaces());
        for (var y = 0; y < cells.Down; y++)
        {
            for (var x = 0; x < cells.Across; x++)
            {
                Add(windows, cells.Window(x, y, 2), cells.Window(x, y, 2).Error);
                Add(places, cells.Window(x - 1, y - 1, 3), cells.Window(x, y, 1).Error);
            }
        }

        windows.Close();
        places.Close();
        for (var y = 0; y < cells.Down; y++)
        {
            for (var x = 0; x < cells.Across; x++)
            {
                var window = cells.Window(x, y, 2);
                var found = Measure(window, window.Error, windows) with { Left = x, Top = y, Side = 2 };
                if (IsChange(found))
                {
                    yield return found;
                }

                var around = cells.Window(x - 1, y - 1, 3);
                var single = Measure(around, cells.Window(x, y, 1).Error, places) with { Left = x, Top = y, Side = 1, Correlation = cells.Window(x, y, 1).Correlation };
                if (IsChange(single))
                {
                    yield return single;
                }
            }
        }
    }

    private static void Add(LikePlaces places, WindowStatistics around, double error) =>
        places.Add(Math.Min(around.VarianceA, around.VarianceB), around.MostVariance, error);

    private static ChangedWindow Measure(WindowStatistics around, double error, LikePlaces places)
    {
        var expected = places.Expected(Math.Min(around.VarianceA, around.VarianceB), around.MostVariance);

        // Where the pair has no like place: what a moderate compression takes of such a variance.
        var bound = Floor + (0.08 * around.MostVariance);
        expected = double.IsNaN(expected) ? bound : expected + Floor;
        return new ChangedWindow(0, 0, 0, Math.Sqrt(error), Math.Sqrt(error / expected), around.Correlation, ChangeKind.Detail);
    }

    private static bool IsChange(ChangedWindow window) => window is { Error: > 24, Ratio: > 4, Correlation: < 0.6 } or { Error: > 40, Correlation: < 0.3 };
}
