namespace Serverless.Duplicates.PixelMatching;

/// <summary>What two originals, compared in full detail, are to each other.</summary>
public enum DetailVerdict
{
    /// <summary>What differs is re-encoding, scaling, cropping, a border or one adjustment of the whole photograph.</summary>
    Same,

    /// <summary>Something differs that none of these explains.</summary>
    Differs,

    /// <summary>All that differs is a mark put on top of one of the two, which is photograph-like.</summary>
    Overlay,

    /// <summary>They could not be laid on each other, or are too coarse or too plain to tell: never a copy.</summary>
    Unclear,
}
