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
    /// <summary>The longer side of a page that a part is cut out of.</summary>
    private const int MostSide = 8192;

    public string ThumbnailMediaType => reader.ThumbnailMediaType;

    /// <exception cref="ProblemException">There is nothing to show.</exception>
    public BlobBaseClient BlobOf(ImageRecord image) => BlobOfFile(image.Page?.Sheet ?? image);

    private BlobBaseClient BlobOfFile(ImageRecord record) =>
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
        return record.Page is { } page
            ? cache.GetAsync(record.Sha256!, side, () => MakePageAsync(blob, page, side), cancellation)
            : cache.GetAsync(record.Sha256!, side, () => MakeAsync(blob, record.Sha256!, side), cancellation);
    }

    /// <summary>Exactly the bytes that were judged, decoded: the blob may have been replaced since.</summary>
    /// <exception cref="ProblemException">It was, or is gone.</exception>
    public async Task<CheckedImage> OriginalAsync(ImageRecord record, CancellationToken cancellation)
    {
        var file = await ReadAsync(BlobOf(record), (record.Page?.Sheet ?? record).Sha256!, cancellation);
        if (record.Page is not { } page)
        {
            return file;
        }

        var png = await PageAsync(() => PixelsPng.Of(file.Frame(page.Number - 1), MostSide));
        var check = await reader.CheckAsync(png, DecodeTimeout.Interactive(cancellation));
        return check.Image ?? throw ProblemException.Conflict($"The page cannot be shown: {check.Reason}");
    }

    /// <summary>Goes on when its caller leaves: others may wait for the same thumbnail.</summary>
    private async Task<byte[]> MakeAsync(BlobBaseClient blob, string sha256, int side) =>
        await reader.ThumbnailAsync(await ReadAsync(blob, sha256, CancellationToken.None), side);

    private async Task<byte[]> MakePageAsync(BlobBaseClient blob, PageOfSheet page, int side)
    {
        var file = await ReadAsync(blob, page.Sheet.Sha256!, CancellationToken.None);
        return await PageAsync(() => ImageThumbnail.Of(file.Frame(page.Number - 1), side));
    }

    private static async Task<T> PageAsync<T>(Func<T> work)
    {
        try
        {
            return await OwnThread.RunAsync(work);
        }
        catch (Exception error) when (error is UndecodableException or ArgumentOutOfRangeException)
        {
            throw ProblemException.Conflict($"The page cannot be shown: {error.Message}");
        }
    }

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
