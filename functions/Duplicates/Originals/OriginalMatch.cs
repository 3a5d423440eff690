using Serverless.Duplicates.PixelMatching;

namespace Serverless.Duplicates.Originals;

/// <summary>What two originals say of each other.</summary>
internal enum OriginalFinding
{
    /// <summary>All frames or pages are the same picture.</summary>
    Same,

    /// <summary>Something is shown that re-encoding does not explain.</summary>
    Differs,

    /// <summary>All that differs is a mark put on one of the two.</summary>
    Overlay,

    /// <summary>They could not be laid on each other well enough to tell.</summary>
    Unclear,

    /// <summary>They have different numbers of frames or pages.</summary>
    FramesDiffer,

    /// <summary>One of the two is a camera raw, of which only a preview can be seen.</summary>
    CameraRaw,

    /// <summary>One of the two could not be read in the version that was judged.</summary>
    Unreadable,
}

/// <summary>How two originals compare, frame by frame.</summary>
/// <param name="Detail">The frame that decided: the first that is not the same, or else the first; null where none was compared.</param>
/// <param name="Frame">Its place, from 0.</param>
/// <param name="FramesA">Frames or pages of the one; 0 where it was not read.</param>
/// <param name="FramesB">Frames or pages of the other.</param>
internal sealed record OriginalMatch(OriginalFinding Finding, DetailMatch? Detail = null, int Frame = 0, int FramesA = 0, int FramesB = 0)
{
    /// <summary>Whether the one shows what the other lacks: finer real detail, or more of the scene.</summary>
    public bool AAdds => Detail is { AIsFiner: true } or { AShowsMore: true };

    /// <inheritdoc cref="AAdds"/>
    public bool BAdds => Detail is { BIsFiner: true } or { BShowsMore: true };

    /// <summary>The same with the two in the other order.</summary>
    public OriginalMatch Swapped() => new(Finding, Detail?.Swapped(), Frame, FramesB, FramesA);
}
