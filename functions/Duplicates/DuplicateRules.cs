namespace Serverless.Duplicates;

/// <summary>The names of the rules that decide, as evidence shows them.</summary>
internal static class DuplicateRules
{
    /// <summary>The same bytes: exact.</summary>
    public const string SameBytes = "sameBytes";

    /// <summary>Alike by vector and confirmed by pixels: a copy.</summary>
    public const string VectorAndPixels = "vectorAndPixels";

    /// <summary>Less alike by vector than the threshold, but the same in every pixel: a copy.</summary>
    public const string SamePixels = "samePixels";

    /// <summary>Alike by vector, pixels not asked: a copy.</summary>
    public const string VectorOnly = "vectorOnly";

    /// <summary>A copy of an image that is poorer and gives way: new.</summary>
    public const string BetterCopy = "betterCopy";

    /// <summary>Alike by vector, not confirmed by pixels: a look-alike.</summary>
    public const string NotConfirmed = "notConfirmed";

    /// <summary>Alike by vector, but without texture: a look-alike.</summary>
    public const string Flat = "flat";

    /// <summary>A person told the pair apart: a look-alike.</summary>
    public const string Remembered = "remembered";

    /// <summary>Less alike than the threshold: new.</summary>
    public const string BelowThreshold = "belowThreshold";

    /// <summary>No live image is near: new.</summary>
    public const string NothingAlike = "nothingAlike";
}
