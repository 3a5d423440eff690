using Azure;

namespace Serverless.Storage;

/// <summary>A blob's properties, without its bytes.</summary>
internal sealed record StoredImageFacts(long Bytes, ETag ETag, DateTimeOffset UploadedAt, IReadOnlyList<string> Tags)
{
    /// <summary>Its user-defined metadata, without the tags.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>How many index tags it has, as far as the app may know: reading them takes one more request.</summary>
    public long IndexTags { get; init; }

    /// <summary>Whether it is in the Archive tier, where nothing can be read until it is rehydrated.</summary>
    public bool IsArchived { get; init; }

    public string Version => BlobVersion.Of(ETag);
}

/// <summary>A blob in a listing.</summary>
internal sealed record ListedBlob(ImagePath Path, string ETag, long Bytes, DateTimeOffset UploadedAt);

/// <summary>A blob version as stored in records.</summary>
internal static class BlobVersion
{
    /// <summary>The ETag in header form: listings omit the quotes.</summary>
    public static string Of(ETag etag) => etag.ToString("H");
}

internal sealed record BlobPage(IReadOnlyList<ListedBlob> Blobs, string? Continuation);

/// <summary>A quarantined blob in a listing, with its metadata.</summary>
internal sealed record QuarantinedBlob(string Name, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Metadata);
