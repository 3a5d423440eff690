namespace Serverless.Images;

/// <summary>The rule names in evidence.</summary>
internal static class DuplicateRules
{
    /// <summary>The same bytes: exact.</summary>
    public const string SameBytes = "sameBytes";

    /// <summary>Alike by vector, and the originals are the same in every detail: a copy.</summary>
    public const string VectorAndPixels = "vectorAndPixels";

    /// <summary>Below the vector threshold, but the originals are the same in every detail: a copy.</summary>
    public const string SamePixels = "samePixels";

    /// <summary>Alike by vector, pixels not compared: a copy.</summary>
    public const string VectorOnly = "vectorOnly";

    /// <summary>A copy that shows more than the other: new if it supersedes the other, else a look-alike.</summary>
    public const string BetterCopy = "betterCopy";

    /// <summary>Alike by vector, not confirmed by pixels: a look-alike.</summary>
    public const string NotConfirmed = "notConfirmed";

    /// <summary>The originals differ in detail: a look-alike.</summary>
    public const string DetailsDiffer = "detailsDiffer";

    /// <summary>They differ only by a mark on one of them (watermark, logo, caption, sticker): a look-alike.</summary>
    public const string Overlay = "overlay";

    /// <summary>The two have different numbers of frames or pages: a look-alike.</summary>
    public const string FramesDiffer = "framesDiffer";

    /// <summary>One of the originals cannot be read, so nothing is certain: a look-alike.</summary>
    public const string OriginalUnreadable = "originalUnreadable";

    /// <summary>One of them is a camera raw, and only its preview can be compared: a look-alike.</summary>
    public const string CameraRaw = "cameraRaw";

    /// <summary>Something in one of two documents is not drawn, so nothing is certain: a look-alike.</summary>
    public const string NotDrawn = "notDrawn";

    /// <summary>Alike by vector, but without texture: a look-alike.</summary>
    public const string Flat = "flat";

    /// <summary>A person told the pair apart: a look-alike.</summary>
    public const string Remembered = "remembered";

    /// <summary>A person chose which of two copies to keep: the other one is a copy.</summary>
    public const string Chosen = "chosen";

    /// <summary>Below the threshold: new.</summary>
    public const string BelowThreshold = "belowThreshold";

    /// <summary>No live image is near: new.</summary>
    public const string NothingAlike = "nothingAlike";

    /// <summary>Rules that keep pairs apart whatever the threshold, although their fingerprints agree.</summary>
    public static readonly IReadOnlySet<string> KeptApart = new HashSet<string>
    {
        NotConfirmed,
        DetailsDiffer,
        Overlay,
        FramesDiffer,
        OriginalUnreadable,
        CameraRaw,
        NotDrawn,
        BetterCopy,
    };
}
