namespace Serverless.Imaging;

/// <summary>
/// Rows and columns of one colour at the edges of a picture of 128 × 128 pixels: above and below, on both sides, or all around. A plain
/// area on one side only is a sky or a wall.
/// </summary>
internal static class FlatBorder
{
    private const int Side = ContentBox.Side;

    /// <summary>
    /// Maximum difference of a pixel's channel from its side's colour, in levels, and on average: compression near an edge leaves some.
    /// </summary>
    private const int Tolerance = 14;
    private const double MeanTolerance = 2.5;

    /// <summary>Minimum contrast of the content to its border, in levels; below it the border fades out like a sky.</summary>
    private const int Contrast = 18;

    /// <summary>Lines within which that contrast must appear.</summary>
    private const int EdgeLines = 4;

    /// <summary>The content; null if no side has a border, or there is nothing else.</summary>
    public static ContentBox? Within(byte[] rgb)
    {
        var (top, bottom) = Pair(rgb, isRow: true, 0, Side);
        if (top >= bottom)
        {
            return null;
        }

        var (left, right) = Pair(rgb, isRow: false, top, bottom);
        return left >= right || (top, left, bottom, right) == (0, 0, Side, Side)
            ? null
            : new ContentBox((double)left / Side, (double)top / Side, (double)right / Side, (double)bottom / Side);
    }

    /// <summary>The content's range along one axis; everything if only one side has a border, or the two differ in colour.</summary>
    private static (int From, int To) Pair(byte[] rgb, bool isRow, int from, int to)
    {
        var (first, last) = (new Edge(0, 1, isRow, from, to), new Edge(Side - 1, -1, isRow, from, to));
        var (near, far) = (Width(rgb, first), Width(rgb, last));
        var (a, b) = (first.Middle, last.Middle);
        var isPair =
            near > 0 && far > 0 && Enumerable.Range(0, 3).All(channel => Math.Abs(rgb[a + channel] - rgb[b + channel]) <= Tolerance);
        return isPair ? (near, Side - far) : (0, Side);
    }

    /// <summary>Lines of border from an edge inwards; 0 if they fade into the content.</summary>
    private static int Width(byte[] rgb, Edge edge)
    {
        for (var width = 0; width < Side; width++)
        {
            var (most, mean) = Deviation(rgb, edge, width);
            if (most > Tolerance || mean > MeanTolerance)
            {
                var last = Math.Min(width + EdgeLines, Side) - 1;
                return Enumerable.Range(width, last - width + 1).Any(depth => Deviation(rgb, edge, depth).Most >= Contrast) ? width : 0;
            }
        }

        return Side;
    }

    /// <summary>Difference of a line, this many lines inside the edge, from the colour in the middle of the edge, in levels.</summary>
    private static (int Most, double Mean) Deviation(byte[] rgb, Edge edge, int depth)
    {
        var like = edge.Middle;
        var (most, sum) = (0, 0);
        for (var at = edge.From; at < edge.To; at++)
        {
            var point = edge.Point(depth, at);
            var deviation = Math.Max(
                Math.Abs(rgb[point] - rgb[like]),
                Math.Max(Math.Abs(rgb[point + 1] - rgb[like + 1]), Math.Abs(rgb[point + 2] - rgb[like + 2]))
            );
            (most, sum) = (Math.Max(most, deviation), sum + deviation);
        }

        return (most, (double)sum / (edge.To - edge.From));
    }

    /// <summary>One edge of the picture: its outermost row or column, the direction inwards, and the part of it to look at.</summary>
    private readonly record struct Edge(int Outermost, int Inward, bool IsRow, int From, int To)
    {
        /// <summary>The offset of the pixel in the middle of the edge.</summary>
        public int Middle => Point(0, (From + To) / 2);

        /// <summary>The offset of a pixel, this many lines inside the edge.</summary>
        public int Point(int depth, int along)
        {
            var across = Outermost + (depth * Inward);
            return 3 * (IsRow ? (across * Side) + along : (along * Side) + across);
        }
    }
}
