namespace Serverless.Storage;

/// <summary>The outcome of a move.</summary>
internal enum MoveOutcome
{
    Copied,
    SourceChanged,
    SourceGone,

    /// <summary>It is in the Archive tier and cannot be read.</summary>
    SourceArchived,
}
