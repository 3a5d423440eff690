namespace Serverless.Backfill;

/// <summary>What a backfill does with images.</summary>
internal enum BackfillWork
{
    /// <summary>Judges images that are not judged yet.</summary>
    Judge,

    /// <summary>Queues images that no model has described yet.</summary>
    Describe,

    /// <summary>Fills the index of a second model. Started by a migration only.</summary>
    Fill,

    /// <summary>Queues sheets whose pages and tiles are to be searched.</summary>
    Parts,
}
