namespace Serverless.Images;

/// <summary>The names of the rules that decide, as evidence shows them.</summary>
internal static class DuplicateRules
{
    /// <summary>The same bytes: exact.</summary>
    public const string SameBytes = "sameBytes";

    /// <summary>Alike by vector, and the originals are the same in every detail: a copy.</summary>
    public const string VectorAndPixels = "vectorAndPixels";

    /// <summary>Less alike by vector than the threshold, but the originals are the same in every detail: a copy.</summary>
    public const string SamePixels = "samePixels";

    /// <summary>Alike by vector, pixels not asked: a copy.</summary>
    public const string VectorOnly = "vectorOnly";

    /// <summary>A copy that has more to it than the other: new where the other gives way, else a look-alike.</summary>
    public const string BetterCopy = "betterCopy";

    /// <summary>Alike by vector, not confirmed by pixels: a look-alike.</summary>
    public const string NotConfirmed = "notConfirmed";

    /// <summary>In full detail the originals differ: a look-alike.</summary>
    public const string DetailsDiffer = "detailsDiffer";

    /// <summary>All that differs is a mark on one of the two (watermark, logo, caption, sticker): a look-alike.</summary>
    public const string Overlay = "overlay";

    /// <summary>The two have different numbers of frames or pages: a look-alike.</summary>
    public const string FramesDiffer = "framesDiffer";

    /// <summary>One of the originals cannot be read, so nothing is known for sure: a look-alike.</summary>
    public const string OriginalUnreadable = "originalUnreadable";

    /// <summary>One of the two is a camera raw, of which only a preview can be seen: a look-alike.</summary>
    public const string CameraRaw = "cameraRaw";

    /// <summary>Alike by vector, but without texture: a look-alike.</summary>
    public const string Flat = "flat";

    /// <summary>A person told the pair apart: a look-alike.</summary>
    public const string Remembered = "remembered";

    /// <summary>Less alike than the threshold: new.</summary>
    public const string BelowThreshold = "belowThreshold";

    /// <summary>No live image is near: new.</summary>
    public const string NothingAlike = "nothingAlike";

    /// <summary>Rules by which what looks the same at a small size is no copy that is moved: no threshold makes it one.</summary>
    public static readonly IReadOnlySet<string> KeptApart = new HashSet<string>
    {
        NotConfirmed,
        DetailsDiffer,
        Overlay,
        FramesDiffer,
        OriginalUnreadable,
        CameraRaw,
        BetterCopy,
    };
}
