using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The bytes of an image, wherever they are now, or a thumbnail of it.</summary>
internal static class ContentEndpoint
{
    private const int MinSize = 16;
    private const int MaxSize = 2048;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/images/{id}/content", GetAsync)
        .WithName("ImageContent").WithSummary("The image; with ?size= a thumbnail that fits in a square of so many pixels.")
        .Produces(200, null, "image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/bmp", "image/avif", "image/heic")
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
        .WithQuery(
            ("size", JsonSchemaType.Integer, "Fit in a square of so many pixels, 16 to 2,048."),
            ("sha256", JsonSchemaType.String, "The content that is expected; where it is that, clients may keep the answer for a year."))
        .WorksOnPictures().DisableRequestTimeout();

    /// <summary>No thumbnail is asked for: the bytes pass through as they are, as slowly as the client takes them.</summary>
    public static bool SendsTheWholeFile(HttpRequest request) =>
        request.Path.Value?.EndsWith("/content", StringComparison.OrdinalIgnoreCase) == true && !request.Query.ContainsKey("size");

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, ImageLedger ledger, ImageStore images, QuarantineStore quarantine, ThumbnailCache thumbnails, ImageReader reader,
        CancellationToken cancellation)
    {
        var size = QueryValue.Integer(context.Request.Query, "size");
        if (size is { } wanted)
        {
            QueryValue.Between(wanted, MinSize, MaxSize, "size");
        }

        var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
        var blob = record.State switch
        {
            ImageState.Indexed => images.Blob(record.Path),
            ImageState.Quarantined or ImageState.Restoring => quarantine.Blob(record.QuarantineName!),
            ImageState.Rejected => throw Refusal.Conflict("The file was rejected; it is not shown. It is still where it was uploaded."),
            ImageState.Removed => throw Refusal.NotFound("The image was deleted."),
            _ => throw Refusal.NotFound("The image is being processed; ask again in a moment."),
        };

        Protect(
            context.Response, $"{record.Id}.{(size is null ? Names.Of(record.Format!.Value) : "webp")}",
            isPinned: size is not null && context.Request.Query["sha256"] == record.Sha256);
        var tag = new EntityTagHeaderValue($"\"{record.Sha256![..32]}-{size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "full"}\"");
        try
        {
            return size is { } side
                ? Results.Bytes(
                    await thumbnails.GetAsync(record.Sha256!, side, () => MakeAsync(blob, record.Sha256!, side, reader), cancellation), reader.ThumbnailMediaType, entityTag: tag)
                : Results.Stream(
                    await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false) { Conditions = VersionOf(record) }, cancellation),
                    record.Format!.Value.MediaType(), entityTag: tag, enableRangeProcessing: true);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            throw Refusal.NotFound("The blob of the image is no longer there.");
        }
        catch (RequestFailedException error) when (error.Status == 412)
        {
            throw Refusal.NotFound("The blob was overwritten and is being processed; ask again in a moment.");
        }
    }

    /// <summary>The thumbnail of these very bytes: what is at the path may have been replaced since it was judged.</summary>
    private static async Task<byte[]> MakeAsync(BlobBaseClient blob, string sha256, int side, ImageReader reader)
    {
        var content = await blob.DownloadContentAsync();
        return reader.Check(content.Value.Content.ToMemory()) switch
        {
            { Image: { } image } when image.Sha256 == sha256 => reader.Thumbnail(image, side),
            { Image: null } check => throw Refusal.Conflict($"The image cannot be shown: {check.Reason}"),
            _ => throw Refusal.Conflict("The image has just been replaced; ask again in a moment."),
        };
    }

    /// <summary>Bytes that were not judged yet must not pass under the type of those that were.</summary>
    private static BlobRequestConditions? VersionOf(ImageRecord record) =>
        record.State == ImageState.Indexed ? new BlobRequestConditions { IfMatch = new ETag(record.BlobETag) } : null;

    /// <summary>The bytes come from outside: a browser must neither guess their type nor run them.</summary>
    private static void Protect(HttpResponse response, string fileName, bool isPinned)
    {
        response.Headers.ContentDisposition = $"inline; filename={fileName}";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = isPinned ? "private, max-age=31536000, immutable" : "private, max-age=0, must-revalidate";
    }
}
