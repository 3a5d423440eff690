namespace Serverless.Pipeline;

/// <summary>The blob at an image's path, compared with its record.</summary>
internal enum BlobSituation
{
    /// <summary>No blob.</summary>
    Absent,

    /// <summary>The record's version, with vectors of the current model.</summary>
    Judged,

    /// <summary>The record's version, with vectors of another model.</summary>
    OtherModel,

    /// <summary>Another version than the record's.</summary>
    Unjudged,
}
