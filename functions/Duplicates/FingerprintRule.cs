using Serverless.Images;

namespace Serverless.Duplicates;

/// <summary>The verdict on two fingerprints from how well they align. The limits are measured in <c>bench/Quality</c>.</summary>
internal static class FingerprintRule
{
    /// <summary>
    /// From this share of points of one brightness on, a picture is a document or a drawing: little of it tells one from another.
    /// </summary>
    private const double Document = 0.5;

    /// <summary>Of a document, the share of the textured blocks that may be changed: another text differs in few blocks.</summary>
    private const double DocumentChanged = 0.03;

    /// <summary>Share of the textured blocks that may have moved: registration errs here and there, another shot moves much.</summary>
    private const double MostMoved = 0.05;

    /// <summary>Share of the picture that a mark may cover.</summary>
    private const double MostAdded = 0.06;

    /// <summary>
    /// Where neither tones were changed nor one place marked, the share of the textured blocks that may be changed all over the picture.
    /// </summary>
    private const double MostScattered = 0.065;

    /// <summary>
    /// The share that may have moved where, besides, the whole lies on the whole, so that registration has nothing to err in.
    /// </summary>
    private const double MostMovedInPlace = 0.03;

    /// <summary>How far scales and offsets may be from those of the whole.</summary>
    private const double InPlace = 0.005;

    /// <summary>
    /// Correlation, agreement and the rest of a small picture whose tones were changed, or a mark put on it: what was cut off passes
    /// for change and motion in many blocks. The originals tell.
    /// </summary>
    private const double NearCorrelation = 0.9965;
    private const double NearAgreement = 0.89;
    private const double NearChanged = 0.25;
    private const double NearMoved = 0.12;

    /// <summary>The same where nearly all blocks agree after matching tones: then more of them may seem to move.</summary>
    private const double EvidentAgreement = 0.97;
    private const double EvidentCorrelation = 0.9915;
    private const double EvidentMoved = 0.195;

    /// <summary>A picture in other tones that correlates like this is the same, although clipped colours change some blocks.</summary>
    private const double SameTonesCorrelation = 0.999;
    private const double SameTonesChanged = 0.05;

    private const double SameCorrelation = 0.985;
    private const double SameChanged = 0.02;

    public static PixelVerdict Of(Alignment alignment, DuplicateOptions options)
    {
        var changed =
            alignment.DominantToneShare >= Document ? DocumentChanged
            : alignment.IsRetoned || alignment.IsMarked ? 1
            : MostScattered;
        if (
            alignment.Correlation < options.MinCorrelation
            || alignment.Agreement < options.MinAgreement
            || alignment.Changed > Math.Min(1 - options.MinAgreement, changed)
            || alignment.Added > MostAdded
            || HasMoved(alignment)
        )
        {
            return IsNear(alignment, options) ? PixelVerdict.Agree : PixelVerdict.Differ;
        }

        return IsSame(alignment) ? PixelVerdict.Same : PixelVerdict.Agree;
    }

    private static bool IsSame(Alignment alignment) =>
        alignment.Correlation >= SameCorrelation
        && alignment.Added <= SameChanged
        && alignment.Changed
            <= (
                alignment is { IsRetoned: true, Correlation: >= SameTonesCorrelation, DominantToneShare: < Document }
                    ? SameTonesChanged
                    : SameChanged
            );

    private static bool IsNear(Alignment alignment, DuplicateOptions options) =>
        alignment.Correlation >= options.MinCorrelation
        && alignment.Agreement >= options.MinAgreement
        && alignment is { Changed: <= NearChanged, Added: <= SameChanged, DominantToneShare: < Document }
        && (
            (alignment is { Correlation: >= NearCorrelation, Agreement: >= NearAgreement } && alignment.Moved <= NearlyMoved(alignment))
            || alignment is { IsRetoned: true, Correlation: >= EvidentCorrelation, Agreement: >= EvidentAgreement, Moved: <= EvidentMoved }
        );

    /// <summary>A change of saturation clips colours without changing the tones of the whole; it moves nothing.</summary>
    private static double NearlyMoved(Alignment alignment) =>
        alignment.IsRetoned || alignment.IsMarked ? NearMoved
        : IsInPlace(alignment) ? MostMovedInPlace
        : -1;

    public static bool HasMoved(Alignment alignment) =>
        alignment.Moved > (alignment.IsRetoned || alignment.IsMarked || !IsInPlace(alignment) ? MostMoved : MostMovedInPlace);

    private static bool IsInPlace(Alignment alignment) =>
        Math.Abs(alignment.ScaleX - 1) < InPlace
        && Math.Abs(alignment.ScaleY - 1) < InPlace
        && Math.Abs(alignment.OffsetX) < InPlace
        && Math.Abs(alignment.OffsetY) < InPlace;
}
