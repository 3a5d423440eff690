using Serverless.Imaging;
using Serverless.Ledger;

namespace Serverless.Duplicates;

/// <summary>
/// Which of two copies is the better one: more points for what both show, or, where these are as many, less compression. A
/// strict order, so that no two displace each other in turn. In doubt neither is better, and the first one stays.
/// </summary>
internal static class BetterCopy
{
    /// <summary>Ratio of points from which on one has more: less is what rounding and trimming make.</summary>
    private const double MorePoints = 1.1;

    /// <summary>Ratio of bytes from which on, of two files of one lossy format and size, one is compressed less.</summary>
    private const double MoreBytes = 1.25;

    /// <summary>Share of the picture that differs as a mark does: it is not known which of the two is marked, so neither is better.</summary>
    private const double Marked = 0.005;

    /// <summary>True where <paramref name="a"/> is the better of two copies of one picture.</summary>
    public static bool Is(ImageRecord a, ImageRecord b, Evidence evidence)
    {
        if (a.Sha256 == b.Sha256 || evidence.Alignment?.Added >= Marked)
        {
            return false;
        }

        if (PointsOf(a) == PointsOf(b))
        {
            return a.Width == b.Width && a.Height == b.Height && IsLessCompressed(a, b);
        }

        // Where one shows a part of the other, nothing tells which. A frame adds points and shows no more: it counts as if
        // the larger one had it.
        var shared = evidence.Alignment is { } alignment ? alignment.ScaleX * alignment.ScaleY : 1;
        return PointsOf(a) * Math.Min(shared, 1) >= PointsOf(b) * MorePoints;
    }

    /// <summary>Why <paramref name="a"/> is better than <paramref name="b"/>, as the end of a sentence.</summary>
    public static string Why(ImageRecord a, ImageRecord b) => PointsOf(a) != PointsOf(b)
        ? FormattableString.Invariant($"{a.Width} × {a.Height} points against {b.Width} × {b.Height}")
        : FormattableString.Invariant($"less compressed: {Describe(a)} against {Describe(b)}");

    private static string Describe(ImageRecord record) => FormattableString.Invariant($"{record.Format!.Value.DisplayName()} of {record.Bytes:N0} bytes");

    private static long PointsOf(ImageRecord record) => (long)record.Width * record.Height;

    private static bool IsLessCompressed(ImageRecord a, ImageRecord b) =>
        IsLossless(a) != IsLossless(b) ? IsLossless(a) : !IsLossless(a) && a.Format == b.Format && a.Bytes >= b.Bytes * MoreBytes;

    private static bool IsLossless(ImageRecord record) => record.Format is ImageFormat.Png or ImageFormat.Bmp or ImageFormat.Tiff;
}
