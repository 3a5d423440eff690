using Azure;

namespace Serverless.Storage;

/// <summary>A blob as it was read: the bytes and the ETag that they had.</summary>
internal sealed record StoredImage(ReadOnlyMemory<byte> Bytes, ETag ETag, DateTimeOffset UploadedAt, IReadOnlyList<string> Tags);

/// <summary>The facts of a blob without its bytes.</summary>
internal sealed record StoredImageFacts(long Bytes, ETag ETag, DateTimeOffset UploadedAt, IReadOnlyList<string> Tags);
