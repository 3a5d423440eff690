namespace Serverless.Storage;

/// <summary>What became of the deletion of a source.</summary>
internal enum DeleteOutcome
{
    Deleted,
    SourceChanged,
    HasSnapshots,

    /// <summary>Somebody holds a lease on it.</summary>
    Leased,
}
