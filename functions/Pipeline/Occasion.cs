namespace Serverless.Pipeline;

/// <summary>Why an image is being processed.</summary>
internal enum Occasion
{
    /// <summary>An upload or deletion event, or a backfill.</summary>
    Event,

    /// <summary>Work that may have been interrupted: a second look, a restore, a repair.</summary>
    Resumption,
}
