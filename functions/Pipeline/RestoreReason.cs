namespace Serverless.Pipeline;

/// <summary>Why a quarantined image is restored.</summary>
internal enum RestoreReason
{
    /// <summary>A person says that it is not a duplicate: that is remembered of everything it matches.</summary>
    NoDuplicate,

    /// <summary>The rules no longer call it a duplicate.</summary>
    Rules,

    /// <summary>A person keeps it instead of the image that it was moved for.</summary>
    KeptInstead,
}
