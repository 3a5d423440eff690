namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Tests brightness and colour averaged over areas of 8 to 64 points a side: compression leaves little of these means, a thing
/// that is gone or has another colour changes them.
/// </summary>
internal static class AreaTest
{
    /// <summary>Cells of the smallest and the largest area along a side.</summary>
    private const int LeastSide = 2;
    private const int MostSide = 16;

    /// <summary>Squared levels that rounding leaves.</summary>
    private const double Floor = 2;

    /// <summary>Times what like places leave, from which on an area differs.</summary>
    private const double Beyond = 4;

    /// <summary>Levels below which nothing differs, and from which on it does whatever like places leave: copies leave no more.</summary>
    private static readonly Bounds[] Brightness = [new(2, 24, double.PositiveInfinity), new(4, 16, 18), new(MostSide, 10, 14)];
    private static readonly Bounds[] Colour = [new(2, 36, double.PositiveInfinity), new(4, 22, 27), new(MostSide, 14, 18)];

    private const int MostSampled = 60_000;

    /// <summary>Levels below which nothing is looked at.</summary>
    private const double LeastError = 8;

    public static IEnumerable<ChangedWindow> Find(ComparedScene compared) =>
        compared.IsUntouched ? Candidates(compared.Grid, compared.Other) : Find(compared.Grid, compared.Other);

    private static IEnumerable<ChangedWindow> Find(ScenePicture a, ScenePicture b) =>
        Candidates(a, b).Where(window => IsChange(window) || (IsWithin(window, a.Cells) && IsOfOtherColour(window)));

    /// <summary>All areas that differ by <see cref="LeastError"/> at least, with what the rule asks of them.</summary>
    public static List<ChangedWindow> Candidates(ScenePicture a, ScenePicture b)
    {
        var (found, across, down) = (new List<ChangedWindow>(), a.Cells.Width, a.Cells.Height);

        // Single cells are too many to be summed up beforehand: their windows are made where they are looked at.
        Measure(across, down, LeastSide, (x, y) => AreaSums.OfFour(a, b, x, y), CellSuspects.Find(a, b, LeastError), found);
        AreaSums[]? blocks = null;
        for (var side = 2 * LeastSide; side <= MostSide && side <= 2 * Math.Max(across, down); side *= 2)
        {
            blocks = blocks is null ? AreaSums.OfFours(a, b) : AreaSums.Halve(blocks, across, down);
            (across, down) = ((across + 1) / 2, (down + 1) / 2);
            var (all, width, height) = (blocks, across, down);
            Measure(width, height, side, (x, y) => Window(all, width, height, x, y), Suspects(all, width, height), found);
        }

        return found;
    }

    /// <summary>
    /// Measures windows of 2 × 2 blocks, each half a window aside from the next; of a picture that is smaller, what there is.
    /// </summary>
    private static void Measure(
        int across,
        int down,
        int side,
        Func<int, int, AreaSums> sums,
        IEnumerable<int> suspects,
        List<ChangedWindow> found
    )
    {
        var (luma, colour) = (new LikePlaces(), new LikePlaces());
        var (columns, count) = (Math.Max(1, across - 1), Math.Max(1, across - 1) * Math.Max(1, down - 1));
        for (var at = 0; at < count; at += 1 + (count / MostSampled))
        {
            var window = sums(at % columns, at / columns);
            luma.Add(window.Roughness, window.Saturation, window.Brightness * window.Brightness);
            colour.Add(window.Roughness, window.Saturation, window.Colour * window.Colour);
        }

        luma.Close();
        colour.Close();
        foreach (var at in suspects)
        {
            var window = sums(at % columns, at / columns);
            Add(window.Brightness, ChangeKind.Area, luma, window, at);
            Add(window.Colour, ChangeKind.Colour, colour, window, at);
        }

        void Add(double error, ChangeKind kind, LikePlaces places, AreaSums window, int at)
        {
            if (error > LeastError)
            {
                var expected = places.Expected(window.Roughness, window.Saturation);
                var ratio = error / Math.Sqrt((double.IsNaN(expected) ? 0 : expected) + Floor);
                found.Add(new ChangedWindow(at % columns * side / 2, at / columns * side / 2, side, error, ratio, 0, kind));
            }
        }
    }

    /// <summary>The windows that can differ by <see cref="LeastError"/>: most cannot, and this is the inner loop.</summary>
    private static List<int> Suspects(AreaSums[] blocks, int across, int down)
    {
        var (columns, suspects) = (Math.Max(1, across - 1), new List<int>());
        for (var y = 0; y < Math.Max(1, down - 1); y++)
        {
            for (var x = 0; x < columns; x++)
            {
                if (IsSuspect(blocks, across, down, x, y))
                {
                    suspects.Add((y * columns) + x);
                }
            }
        }

        return suspects;
    }

    private static bool IsSuspect(AreaSums[] blocks, int across, int down, int x, int y)
    {
        if (x + 1 >= across || y + 1 >= down)
        {
            return true;
        }

        var first = (y * across) + x;
        ref readonly var a = ref blocks[first];
        ref readonly var b = ref blocks[first + 1];
        ref readonly var c = ref blocks[first + across];
        ref readonly var d = ref blocks[first + across + 1];
        var least = (float)LeastError * (a.Count + b.Count + c.Count + d.Count);
        var (bright, blue, red) = (a.Y + b.Y + c.Y + d.Y, a.Blue + b.Blue + c.Blue + d.Blue, a.Red + b.Red + c.Red + d.Red);
        return Math.Abs(bright) > least || (blue * blue) + (red * red) > least * least;
    }

    private static AreaSums Window(AreaSums[] blocks, int across, int down, int x, int y)
    {
        var (first, right, below) = ((y * across) + x, x + 1 < across, y + 1 < down);
        return blocks[first]
            + (right ? blocks[first + 1] : default)
            + (below ? blocks[first + across] : default)
            + (right && below ? blocks[first + across + 1] : default);
    }

    /// <summary>A small thing of another colour and the same brightness; beside a border compression leaves as much.</summary>
    private static bool IsOfOtherColour(ChangedWindow window) =>
        window is { Kind: ChangeKind.Colour, Side: LeastSide, Error: > 22, Ratio: > 10 };

    private static bool IsWithin(ChangedWindow window, Plane cells) =>
        window.Left > 1 && window.Top > 1 && window.Left + window.Side < cells.Width - 1 && window.Top + window.Side < cells.Height - 1;

    private static bool IsChange(ChangedWindow window)
    {
        var (_, least, most) = Array.Find(window.Kind == ChangeKind.Colour ? Colour : Brightness, bounds => window.Side <= bounds.Side);
        return (window.Ratio > Beyond && window.Error > least) || window.Error > most;
    }

    /// <summary>For areas of so many cells a side at most.</summary>
    private readonly record struct Bounds(int Side, double Least, double Most);
}
