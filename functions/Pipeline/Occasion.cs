namespace Serverless.Pipeline;

/// <summary>Why an image is looked at.</summary>
internal enum Occasion
{
    /// <summary>Storage told of an upload or a deletion, or a walk over the bucket came by.</summary>
    Event,

    /// <summary>Work on it began and may have stopped: a second look, a restore, a repair.</summary>
    Resumption,
}
