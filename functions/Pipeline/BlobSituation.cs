namespace Serverless.Pipeline;

/// <summary>What is at the path of an image, compared with its record.</summary>
internal enum BlobSituation
{
    /// <summary>No blob.</summary>
    Absent,

    /// <summary>The version that the record is about, with vectors of the model in use.</summary>
    Judged,

    /// <summary>The version that the record is about, with vectors of another model.</summary>
    OtherModel,

    /// <summary>A version that the record does not know.</summary>
    Unjudged,
}
