using Azure;

namespace Serverless.Storage;

/// <summary>A blob as it was read: the bytes and the ETag that they had.</summary>
internal sealed record StoredImage(ReadOnlyMemory<byte> Bytes, ETag ETag, DateTimeOffset UploadedAt, IReadOnlyList<string> Tags);

/// <summary>The facts of a blob without its bytes.</summary>
internal sealed record StoredImageFacts(long Bytes, ETag ETag, DateTimeOffset UploadedAt, IReadOnlyList<string> Tags);

/// <summary>A blob as a listing shows it.</summary>
internal sealed record ListedBlob(ImagePath Path, string ETag, long Bytes, DateTimeOffset UploadedAt);

internal sealed record BlobPage(IReadOnlyList<ListedBlob> Blobs, string? Continuation);

/// <summary>A blob in quarantine as a listing shows it, with its metadata.</summary>
internal sealed record QuarantinedBlob(string Name, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Metadata);
