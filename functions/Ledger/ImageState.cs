namespace Serverless.Ledger;

/// <summary>Where an image stands. Announced, Quarantining and Restoring are on the way to one of the others.</summary>
internal enum ImageState
{
    Announced,
    Indexed,
    Quarantining,
    Quarantined,
    Restoring,
    Rejected,
    Removed,
}
