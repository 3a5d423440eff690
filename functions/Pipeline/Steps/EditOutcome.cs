namespace Serverless.Pipeline.Steps;

/// <summary>What became of what a person changed.</summary>
internal enum EditOutcome
{
    Done,
    Unknown,

    /// <summary>It is being judged, or is not in the collection.</summary>
    NotNow,
}
