namespace Serverless.Ledger;

/// <summary>Where an image stands. Announced, Indexing, Quarantining and Restoring are on the way to one of the others.</summary>
internal enum ImageState
{
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
