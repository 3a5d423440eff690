namespace Serverless.Pipeline.Steps;

/// <summary>The outcome of a person's change.</summary>
internal enum EditOutcome
{
    Done,
    Unknown,

    /// <summary>It is being judged, or is not in the collection.</summary>
    NotNow,
}
