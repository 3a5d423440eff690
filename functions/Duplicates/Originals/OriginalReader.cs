using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Duplicates.Originals;

/// <summary>
/// Reads originals in the judged version: a live one by its ETag, a quarantined one from quarantine, both only if the SHA-256 matches the
/// record. An original that is gone, changed, archived or no longer an image is unreadable; a service outage is an error, and the work is
/// retried.
/// </summary>
internal sealed class OriginalReader(ImageStore images, QuarantineStore quarantine, ImageReader reader)
{
    public Original Of(ImageRecord record)
    {
        (BlobBaseClient Blob, string? ETag)[] places =
            record.State is ImageState.Quarantined or ImageState.Restoring && record.QuarantineName is { } name
                ? [(quarantine.Blob(name), null), (images.Blob(record.Path), null)]
                : [(images.Blob(record.Path), record.BlobETag)];
        return Of(record.Sha256!, (long)record.Width * record.Height, places);
    }

    /// <summary>An announced, undecided image. Its size is unknown; it takes the budget of a large picture.</summary>
    public Original Of(Announcement announcement) => Of(announcement.Sha256, AnnouncedPixels, (images.Blob(announcement.Path), null));

    private const long AnnouncedPixels = 25_000_000;

    private Original Of(string sha256, long pixels, params (BlobBaseClient Blob, string? ETag)[] places) =>
        new(
            sha256,
            pixels,
            cancellation => FirstAsync(places, place => ReadAsync(place.Blob, place.ETag, sha256, cancellation)),
            async cancellation => await FirstAsync(places, place => FactsAsync(place.Blob, place.ETag, cancellation)) is not null
        );

    private static async Task<T?> FirstAsync<T>(
        (BlobBaseClient Blob, string? ETag)[] places,
        Func<(BlobBaseClient Blob, string? ETag), Task<T?>> ask
    )
        where T : class
    {
        foreach (var place in places)
        {
            if (await ask(place) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<CheckedImage?> ReadAsync(BlobBaseClient blob, string? etag, string sha256, CancellationToken cancellation)
    {
        try
        {
            var content = await blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = Version(etag) }, cancellation);
            return
                (
                    await reader.CheckAsync(content.Value.Content.ToMemory(), DecodeTimeout.Unlimited with { Cancellation = cancellation })
                ).Image
                    is { } image
                && image.Sha256 == sha256
                ? image
                : null;
        }
        catch (RequestFailedException error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    private static async Task<BlobProperties?> FactsAsync(BlobBaseClient blob, string? etag, CancellationToken cancellation)
    {
        try
        {
            return (await blob.GetPropertiesAsync(Version(etag), cancellation)).Value;
        }
        catch (RequestFailedException error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    private static BlobRequestConditions? Version(string? etag) =>
        etag is null ? null : new BlobRequestConditions { IfMatch = new ETag(etag) };

    private static bool IsUnreadable(RequestFailedException error) =>
        ImageStore.IsGoneOrChanged(error)
        || (error.Status == (int)HttpStatusCode.Conflict && error.ErrorCode is "BlobArchived" or "BlobBeingRehydrated");
}
