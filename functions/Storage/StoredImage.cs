using Azure;

namespace Serverless.Storage;

/// <summary>The facts of a blob without its bytes.</summary>
internal sealed record StoredImageFacts(long Bytes, ETag ETag, DateTimeOffset UploadedAt, IReadOnlyList<string> Tags)
{
    /// <summary>Its metadata but the tags, as people set it.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>How many index tags it has, as far as the app may know: reading them takes one more request.</summary>
    public long IndexTags { get; init; }

    /// <summary>Whether it is in the Archive tier, where nothing can be read until it is rehydrated.</summary>
    public bool IsArchived { get; init; }

    public string Version => BlobVersion.Of(ETag);
}

/// <summary>A blob as a listing shows it.</summary>
internal sealed record ListedBlob(ImagePath Path, string ETag, long Bytes, DateTimeOffset UploadedAt);

/// <summary>The version of a blob as records name it.</summary>
internal static class BlobVersion
{
    /// <summary>The ETag in the form of a header: listings leave out the quotes that headers have.</summary>
    public static string Of(ETag etag) => etag.ToString("H");
}

internal sealed record BlobPage(IReadOnlyList<ListedBlob> Blobs, string? Continuation);

/// <summary>A blob in quarantine as a listing shows it, with its metadata.</summary>
internal sealed record QuarantinedBlob(string Name, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Metadata);
