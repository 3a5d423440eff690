namespace Serverless.Images;

/// <summary>The state of an image. Waiting, Announced, Indexing, Quarantining and Restoring are transient.</summary>
internal enum ImageState
{
    /// <summary>It cannot be judged now, for example because the model cannot be reached: it is retried later.</summary>
    Waiting,
    Announced,

    /// <summary>Live for every other image; the search index is about to be updated.</summary>
    Indexing,
    Indexed,
    Quarantining,
    Quarantined,
    Restoring,
    Rejected,
    Removed,

    /// <summary>
    /// Never stored: the row cannot be read. It is judged again from its blob, or rebuilt from the receipt in quarantine.
    /// </summary>
    Unreadable,
}

internal static class ImageStates
{
    /// <summary>Whether other images are compared with it, and searches find it or soon will.</summary>
    public static bool IsLive(this ImageState state) => state is ImageState.Indexing or ImageState.Indexed;
}
