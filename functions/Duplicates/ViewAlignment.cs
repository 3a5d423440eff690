using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Duplicates;

/// <summary>How two pictures lie on each other, the whole of each or what lies within its border, whichever agrees best.</summary>
internal static class ViewAlignment
{
    public static Alignment Best(Fingerprint a, Fingerprint b, DuplicateOptions options) =>
        a
            .Views.SelectMany(_ => b.Views, (one, other) => LumaAligner.Align(one.Luma, other.Luma))
            .MaxBy(alignment =>
                (
                    FingerprintRule.Of(alignment, options) != PixelVerdict.Differ,
                    alignment.Agreement - alignment.Changed,
                    alignment.Correlation
                )
            )!;
}
