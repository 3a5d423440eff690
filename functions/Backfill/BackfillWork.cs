namespace Serverless.Backfill;

/// <summary>What a backfill does with images.</summary>
internal enum BackfillWork
{
    /// <summary>Judges images that are not judged yet.</summary>
    Judge,

    /// <summary>Queues images that no model has described yet.</summary>
    Describe,
}
