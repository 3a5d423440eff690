namespace Serverless.Backfill;

/// <summary>What is done with the images that a backfill comes by.</summary>
internal enum BackfillWork
{
    /// <summary>Those that are not judged yet are judged.</summary>
    Judge,

    /// <summary>Those that no model has described yet are put into the queue of descriptions.</summary>
    Describe,
}
