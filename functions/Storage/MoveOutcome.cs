namespace Serverless.Storage;

/// <summary>What became of a move: done, or the source is no longer the version that was judged.</summary>
internal enum MoveOutcome
{
    Copied,
    SourceChanged,
    SourceGone,

    /// <summary>It is in the Archive tier, where nothing can be read.</summary>
    SourceArchived,
}
