using Serverless.Duplicates.Originals;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>
/// Which of two copies is the better one: it shows finer detail or more of the scene, and the other nothing that it lacks; or,
/// where neither shows more, it is compressed less. A strict order, so that no two displace each other in turn. In doubt neither
/// is better, and the first one stays.
/// </summary>
internal static class BetterCopy
{
    /// <summary>Ratio of bytes from which on, of two files of one lossy format and size, one is compressed less.</summary>
    private const double MoreBytes = 1.25;

    /// <summary>
    /// True where <paramref name="a"/> is the better of two copies of one picture, <paramref name="match"/> being theirs in this order.
    /// </summary>
    public static bool Is(ImageRecord a, ImageRecord b, OriginalMatch match)
    {
        if (a.Sha256 == b.Sha256 || match.Finding != OriginalFinding.Same)
        {
            return false;
        }

        return match.AAdds || match.BAdds
            ? match.AAdds && !match.BAdds
            : a.Width == b.Width && a.Height == b.Height && IsLessCompressed(a, b);
    }

    /// <summary>Why <paramref name="a"/> is better than <paramref name="b"/>, as the end of a sentence.</summary>
    public static string Why(ImageRecord a, ImageRecord b, OriginalMatch match) =>
        match.AAdds
            ? FormattableString.Invariant($"it shows {More(match)}, {a.Width} × {a.Height} points against {b.Width} × {b.Height}")
            : FormattableString.Invariant($"less compressed: {Describe(a)} against {Describe(b)}");

    /// <summary>What the first of two copies shows that the second lacks.</summary>
    public static string More(OriginalMatch match) =>
        match.Detail switch
        {
            { AIsFiner: true, AShowsMore: true } => "finer detail and more of the scene",
            { AIsFiner: true } => "finer detail",
            _ => "more of the scene",
        };

    private static string Describe(ImageRecord record) =>
        FormattableString.Invariant($"{record.Format!.Value.DisplayName()} of {record.Bytes:N0} bytes");

    private static bool IsLessCompressed(ImageRecord a, ImageRecord b) =>
        IsLossless(a) != IsLossless(b) ? IsLossless(a) : !IsLossless(a) && a.Format == b.Format && a.Bytes >= b.Bytes * MoreBytes;

    private static bool IsLossless(ImageRecord record) => record.Format is ImageFormat.Png or ImageFormat.Bmp or ImageFormat.Tiff;
}
