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
        var (near, far) = (Width(rgb, 0, 1, isRow, from, to), Width(rgb, Side - 1, -1, isRow, from, to));
        var (a, b) = (Point(0, (from + to) / 2, isRow), Point(Side - 1, (from + to) / 2, isRow));
        var isPair =
            near > 0 && far > 0 && Enumerable.Range(0, 3).All(channel => Math.Abs(rgb[a + channel] - rgb[b + channel]) <= Tolerance);
        return isPair ? (near, Side - far) : (0, Side);
    }

    /// <summary>Lines of border from an edge inwards; 0 if they fade into the content.</summary>
    private static int Width(byte[] rgb, int outermost, int inward, bool isRow, int from, int to)
    {
        for (var width = 0; width < Side; width++)
        {
            var (most, mean) = Deviation(rgb, outermost + (width * inward), outermost, isRow, from, to);
            if (most > Tolerance || mean > MeanTolerance)
            {
                var last = Math.Min(width + EdgeLines, Side) - 1;
                return Enumerable
                    .Range(width, last - width + 1)
                    .Any(line => Deviation(rgb, outermost + (line * inward), outermost, isRow, from, to).Most >= Contrast)
                    ? width
                    : 0;
            }
        }

        return Side;
    }

    /// <summary>Difference of a part of a row or column from the colour in the middle of the outermost one, in levels.</summary>
    private static (int Most, double Mean) Deviation(byte[] rgb, int line, int outermost, bool isRow, int from, int to)
    {
        var like = Point(outermost, (from + to) / 2, isRow);
        var (most, sum) = (0, 0);
        for (var at = from; at < to; at++)
        {
            var point = Point(line, at, isRow);
            var deviation = Math.Max(
                Math.Abs(rgb[point] - rgb[like]),
                Math.Max(Math.Abs(rgb[point + 1] - rgb[like + 1]), Math.Abs(rgb[point + 2] - rgb[like + 2]))
            );
            (most, sum) = (Math.Max(most, deviation), sum + deviation);
        }

        return (most, (double)sum / (to - from));
    }

    private static int Point(int across, int along, bool isRow) => 3 * (isRow ? (across * Side) + along : (along * Side) + across);
}
