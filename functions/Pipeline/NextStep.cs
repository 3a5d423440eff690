namespace Serverless.Pipeline;

/// <summary>The next step for an image.</summary>
internal enum NextStep
{
    Nothing,

    /// <summary>Read, embed and announce the blob at the path.</summary>
    Ingest,

    /// <summary>Compare the announced image with everything announced before it.</summary>
    Judge,

    /// <summary>Move the copy to quarantine, or finish the move.</summary>
    Quarantine,

    /// <summary>Update the index and the list of duplicates from the record.</summary>
    Publish,

    /// <summary>Put the image back to its path.</summary>
    Restore,

    /// <summary>Forget the image.</summary>
    Remove,
}
