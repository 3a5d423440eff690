namespace Serverless.Ledger;

/// <summary>What decided about a pair besides its cosine. The numbers are stored.</summary>
internal enum DuplicateFinding
{
    NotLookedAt = 0,
    PixelsDiffer = 1,
    PixelsAgree = 2,
    SamePixels = 3,
    SameBytes = 4,

    /// <summary>A person marked the pair as not duplicates.</summary>
    Remembered = 5,

    /// <summary>A person chose which of the two to keep.</summary>
    Chosen = 6,
}
