namespace Serverless.Pipeline;

/// <summary>What is to be done for an image.</summary>
internal enum NextStep
{
    Nothing,

    /// <summary>Read, embed and announce what is at the path.</summary>
    Ingest,

    /// <summary>Compare the announced image with everything announced before it.</summary>
    Judge,

    /// <summary>Move the copy to quarantine, or finish the move.</summary>
    Quarantine,

    /// <summary>Make the index and the list of duplicates follow the record.</summary>
    Publish,

    /// <summary>Put the image back to its path.</summary>
    Restore,

    /// <summary>Forget the image.</summary>
    Remove,
}
