namespace Serverless.Storage;

/// <summary>The outcome of deleting a source.</summary>
internal enum DeleteOutcome
{
    Deleted,
    SourceChanged,
    HasSnapshots,

    /// <summary>It is leased.</summary>
    Leased,
}
