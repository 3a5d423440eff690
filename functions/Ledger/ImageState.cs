namespace Serverless.Ledger;

/// <summary>Where an image stands. Waiting, Announced, Indexing, Quarantining and Restoring are on the way to one of the others.</summary>
internal enum ImageState
{
    /// <summary>The model that embeds it cannot be reached: it is tried again later.</summary>
    Waiting,
    Announced,

    /// <summary>Live for every other image; the search index is about to follow.</summary>
    Indexing,
    Indexed,
    Quarantining,
    Quarantined,
    Restoring,
    Rejected,
    Removed,
}
