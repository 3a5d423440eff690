using Azure;
using Azure.Storage.Blobs.Specialized;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>An image's bytes, wherever they are now, and thumbnails.</summary>
internal sealed class StoredContent(ImageStore images, QuarantineStore quarantine, ThumbnailCache cache, ImageReader reader)
{
    public string ThumbnailMediaType => reader.ThumbnailMediaType;

    /// <exception cref="ProblemException">There is nothing to show.</exception>
    public BlobBaseClient BlobOf(ImageRecord record) =>
        record.State switch
        {
            ImageState.Indexing or ImageState.Indexed => images.Blob(record.Path),
            ImageState.Quarantined or ImageState.Restoring => quarantine.Blob(record.QuarantineName!),
            ImageState.Rejected => throw ProblemException.Conflict(
                "The file was rejected and is not shown. It is still where it was uploaded."
            ),
            ImageState.Removed => throw ProblemException.NotFound("The image was deleted."),
            _ => throw ProblemException.NotFound("The image is being processed; try again in a moment."),
        };

    /// <summary>A WebP that fits in a square of <paramref name="side"/> pixels.</summary>
    /// <exception cref="ProblemException">There is nothing to show.</exception>
    public Task<byte[]> ThumbnailAsync(ImageRecord record, int side, CancellationToken cancellation)
    {
        var blob = BlobOf(record);
        return cache.GetAsync(record.Sha256!, side, () => MakeAsync(blob, record.Sha256!, side), cancellation);
    }

    /// <summary>Exactly the bytes that were judged, decoded: the blob may have been replaced since.</summary>
    /// <exception cref="ProblemException">It was, or is gone.</exception>
    public Task<CheckedImage> OriginalAsync(ImageRecord record, CancellationToken cancellation) =>
        ReadAsync(BlobOf(record), record.Sha256!, cancellation);

    /// <summary>Goes on when its caller leaves: others may wait for the same thumbnail.</summary>
    private async Task<byte[]> MakeAsync(BlobBaseClient blob, string sha256, int side) =>
        await reader.ThumbnailAsync(await ReadAsync(blob, sha256, CancellationToken.None), side);

    private async Task<CheckedImage> ReadAsync(BlobBaseClient blob, string sha256, CancellationToken cancellation)
    {
        try
        {
            var content = await blob.DownloadContentAsync(cancellation);
            return await reader.CheckAsync(content.Value.Content.ToMemory(), DecodeTimeout.Interactive(cancellation)) switch
            {
                { Image: { } image } when image.Sha256 == sha256 => image,
                { Image: null } check => throw ProblemException.Conflict($"The image cannot be shown: {check.Reason}"),
                _ => throw ProblemException.Conflict("The image has just been replaced; try again in a moment."),
            };
        }
        catch (RequestFailedException error) when (error.Status == StatusCodes.Status404NotFound)
        {
            throw ProblemException.NotFound("The image's blob no longer exists.");
        }
    }
}
