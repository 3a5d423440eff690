namespace Serverless.Pipeline;

/// <summary>The outcome of a restore request.</summary>
internal enum RestoreOutcome
{
    Restored,

    /// <summary>No image has that id.</summary>
    Unknown,
    NotQuarantined,

    /// <summary>Another image has taken the path.</summary>
    PathTaken,

    /// <summary>Its bytes are no longer in quarantine.</summary>
    Missing,
}
