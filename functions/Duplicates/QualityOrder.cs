using Serverless.Duplicates.Originals;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>
/// Decides which of two copies is better: the one that shows what the other lacks, if the other shows nothing it lacks; or, if
/// neither shows more, the less compressed one. A strict order, so that no two displace each other in turn. In doubt neither is better, and
/// the first stays.
/// </summary>
internal static class QualityOrder
{
    /// <summary>Ratio of bytes at which one of two files of the same lossy format and size counts as less compressed.</summary>
    private const double MoreBytes = 1.25;

    private static readonly (Advantages Advantage, string Name)[] Names =
    [
        (Advantages.FinerDetail, "finer detail"),
        (Advantages.MoreOfTheScene, "more of the scene"),
        (Advantages.Colour, "more colour"),
        (Advantages.Tones, "more tones"),
        (Advantages.Transparency, "transparency"),
    ];

    /// <summary>
    /// Whether <paramref name="a"/> is the better of two copies of one picture; <paramref name="match"/> is theirs in this order.
    /// </summary>
    public static bool IsBetter(ImageRecord a, ImageRecord b, OriginalMatch match)
    {
        if (a.Sha256 == b.Sha256 || match.Finding != OriginalFinding.Same)
        {
            return false;
        }

        return match.AAdds || match.BAdds
            ? match.AAdds && !match.BAdds
            : a.Width == b.Width && a.Height == b.Height && IsLessCompressed(a, b);
    }

    /// <summary>Why <paramref name="a"/> is better than <paramref name="b"/>, as a clause.</summary>
    public static string Explain(ImageRecord a, ImageRecord b, OriginalMatch match) =>
        match.AAdds
            ? FormattableString.Invariant($"it shows {WhatItAdds(match)}, {a.Width} × {a.Height} points against {b.Width} × {b.Height}")
            : FormattableString.Invariant($"less compressed: {Describe(a)} against {Describe(b)}");

    /// <summary>What the first of two copies shows and the second lacks.</summary>
    public static string WhatItAdds(OriginalMatch match) =>
        string.Join(" and ", Names.Where(name => match.Detail!.OfA.HasFlag(name.Advantage)).Select(name => name.Name));

    private static string Describe(ImageRecord record) =>
        FormattableString.Invariant($"{record.Format!.Value.DisplayName()} of {record.Bytes:N0} bytes");

    private static bool IsLessCompressed(ImageRecord a, ImageRecord b) =>
        IsLossless(a) != IsLossless(b) ? IsLossless(a) : !IsLossless(a) && a.Format == b.Format && a.Bytes >= b.Bytes * MoreBytes;

    private static bool IsLossless(ImageRecord record) => record.Format is ImageFormat.Png or ImageFormat.Bmp or ImageFormat.Tiff;
}
