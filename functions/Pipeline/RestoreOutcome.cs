namespace Serverless.Pipeline;

/// <summary>What became of a request to restore.</summary>
internal enum RestoreOutcome
{
    Restored,

    /// <summary>No image has that id.</summary>
    Unknown,
    NotQuarantined,

    /// <summary>Another image is at the path.</summary>
    PathTaken,

    /// <summary>Its bytes are no longer in quarantine.</summary>
    Missing,
}
