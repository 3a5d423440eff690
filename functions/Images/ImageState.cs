namespace Serverless.Images;

/// <summary>Where an image stands. Waiting, Announced, Indexing, Quarantining and Restoring are on the way to one of the others.</summary>
internal enum ImageState
{
    /// <summary>The model that embeds it cannot be reached: it is tried again later.</summary>
    Waiting,
    Announced,

    /// <summary>Live for every other image; the search index is about to follow.</summary>
    Indexing,
    Indexed,
    Quarantining,
    Quarantined,
    Restoring,
    Rejected,
    Removed,

    /// <summary>
    /// Never stored: the row cannot be read. It is judged anew from its blob, or written anew from the receipt in quarantine.
    /// </summary>
    Unreadable,
}

internal static class ImageStates
{
    /// <summary>Whether other images are compared with it, and searches find it or are about to.</summary>
    public static bool IsLive(this ImageState state) => state is ImageState.Indexing or ImageState.Indexed;
}
