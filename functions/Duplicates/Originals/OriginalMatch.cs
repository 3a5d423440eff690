using Serverless.Duplicates.PixelMatching;

namespace Serverless.Duplicates.Originals;

/// <summary>The verdict of comparing two originals.</summary>
internal enum OriginalFinding
{
    /// <summary>All frames or pages are the same picture.</summary>
    Same,

    /// <summary>They differ by more than re-encoding explains.</summary>
    Differs,

    /// <summary>They differ only by a mark on one of them.</summary>
    Overlay,

    /// <summary>They could not be aligned well enough to tell.</summary>
    Unclear,

    /// <summary>They have different numbers of frames or pages.</summary>
    FramesDiffer,

    /// <summary>One of them is a camera raw, and only its preview can be compared.</summary>
    CameraRaw,

    /// <summary>The text layers of two documents differ.</summary>
    TextDiffers,

    /// <summary>One of them is a document of which something is not drawn, and so cannot be compared.</summary>
    NotDrawn,

    /// <summary>One of them could not be read in the judged version.</summary>
    Unreadable,
}

/// <summary>The comparison of two originals, frame by frame.</summary>
/// <param name="Detail">The deciding frame: the first that differs, or else the first; null if none was compared.</param>
/// <param name="Frame">Its index, from 0.</param>
/// <param name="FramesA">Frames or pages of the first; 0 if it was not read.</param>
/// <param name="FramesB">Frames or pages of the second.</param>
internal sealed record OriginalMatch(OriginalFinding Finding, DetailMatch? Detail = null, int Frame = 0, int FramesA = 0, int FramesB = 0)
{
    /// <summary>What is not drawn of either, in a few words each.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Whether A shows what B lacks.</summary>
    public bool AAdds => Detail is { OfA: not Advantages.None };

    /// <inheritdoc cref="AAdds"/>
    public bool BAdds => Detail is { OfB: not Advantages.None };

    /// <summary>The same with the two in the other order.</summary>
    public OriginalMatch Swapped() => new(Finding, Detail?.Swapped(), Frame, FramesB, FramesA) { Missing = Missing };
}
