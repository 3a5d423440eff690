namespace Serverless.Features;

/// <summary>
/// Finds what stands out from the colours around the edge: the largest connected part, with what is nearly as large beside it. Where
/// the picture is as busy inside as at its edge, there is none.
/// </summary>
internal static class SubjectFinder
{
    private const int Side = CellGrid.Side;

    /// <summary>Distance from the ground, in OKLab, that something stands out by.</summary>
    private const double LeastContrast = 0.06;

    /// <summary>Share of the strongest contrast from which on a cell belongs to the subject.</summary>
    private const double Threshold = 0.35;

    /// <summary>Share of the contrast of the largest part that another has to be part of the subject as well.</summary>
    private const double Beside = 0.4;

    private const double MostArea = 0.85;
    private const double LeastCertainty = 0.5;

    /// <summary>Share of the points across the box that a row or column has, to be of the subject.</summary>
    private const double LeastOfLine = 0.03;

    /// <param name="distances">Of the colours of <paramref name="points"/> from those of the ground.</param>
    public static Subject? Of(ColourPoints points, CellGrid cells, GroundColours ground, double[] distances)
    {
        var contrast = cells.Means.Select(ground.DistanceTo).ToArray();
        var strongest = contrast.Order().ElementAt((int)(contrast.Length * 0.99));
        if (strongest < LeastContrast)
        {
            return null;
        }

        var threshold = Math.Max(LeastContrast / 2, Threshold * strongest);
        var box = CellBox.Of(Parts(contrast, threshold));
        return
            Certainty(contrast, box) is var certainty
            && certainty >= LeastCertainty
            && Refined(points, distances, box, threshold) is var (left, top, right, bottom)
            && new Subject(left, top, right, bottom, certainty) is { Area: > 0 and <= MostArea } subject
            ? subject
            : null;
    }

    /// <summary>The cells of the largest connected part, and of those that count beside it.</summary>
    private static List<int> Parts(double[] contrast, double threshold)
    {
        var seen = new bool[contrast.Length];
        var parts = new List<(double Weight, List<int> Cells)>();
        for (var start = 0; start < contrast.Length; start++)
        {
            if (!seen[start] && contrast[start] >= threshold)
            {
                var cells = Connected(contrast, threshold, seen, start);
                parts.Add((cells.Sum(cell => contrast[cell]), cells));
            }
        }

        var largest = parts.Max(part => part.Weight);
        return [.. parts.Where(part => part.Weight >= Beside * largest).SelectMany(part => part.Cells)];
    }

    private static List<int> Connected(double[] contrast, double threshold, bool[] seen, int start)
    {
        var cells = new List<int> { start };
        seen[start] = true;
        for (var next = 0; next < cells.Count; next++)
        {
            var (x, y) = (cells[next] % Side, cells[next] / Side);
            for (var down = Math.Max(0, y - 1); down <= Math.Min(Side - 1, y + 1); down++)
            {
                for (var across = Math.Max(0, x - 1); across <= Math.Min(Side - 1, x + 1); across++)
                {
                    var cell = (down * Side) + across;
                    if (!seen[cell] && contrast[cell] >= threshold)
                    {
                        seen[cell] = true;
                        cells.Add(cell);
                    }
                }
            }
        }

        return cells;
    }

    /// <summary>How much more stands out within the box than outside it, 0 to 1.</summary>
    private static double Certainty(double[] contrast, CellBox box)
    {
        var (inside, outside, within) = (0.0, 0.0, 0);
        for (var cell = 0; cell < contrast.Length; cell++)
        {
            if (box.Holds(cell % Side, cell / Side))
            {
                (inside, within) = (inside + contrast[cell], within + 1);
            }
            else
            {
                outside += contrast[cell];
            }
        }

        var (mean, other) = (inside / within, outside / Math.Max(1, contrast.Length - within));
        return Math.Clamp((mean - other) / (mean + other), 0, 1);
    }

    /// <summary>The box to the nearest point; null where no line has enough of them.</summary>
    private static (double Left, double Top, double Right, double Bottom)? Refined(
        ColourPoints points,
        double[] distances,
        CellBox box,
        double threshold
    )
    {
        const int scale = ColourPoints.Side / Side;
        var around = box.Grown(1);
        var (left, top) = (around.Left * scale, around.Top * scale);
        var (width, height) = ((around.Right * scale) - left, (around.Bottom * scale) - top);
        var (columns, rows) = (new int[width], new int[height]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (distances[points.Bins.PlaceOf(((top + y) * ColourPoints.Side) + left + x)] >= threshold)
                {
                    columns[x]++;
                    rows[y]++;
                }
            }
        }

        var (across, down) = (Bounds(columns, height), Bounds(rows, width));
        const double side = ColourPoints.Side;
        return across is var (l, r) && down is var (t, b)
            ? ((left + l) / side, (top + t) / side, (left + r) / side, (top + b) / side)
            : null;
    }

    private static (int From, int To)? Bounds(int[] counts, int length)
    {
        var least = Math.Max(1, (int)(LeastOfLine * length));
        var from = Array.FindIndex(counts, count => count >= least);
        return from < 0 ? null : (from, Array.FindLastIndex(counts, count => count >= least) + 1);
    }
}
