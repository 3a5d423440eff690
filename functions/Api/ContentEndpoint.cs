using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>The bytes of an image, wherever they are now, or a thumbnail of it.</summary>
internal static class ContentEndpoint
{
    private const int MinSize = 16;
    private const int MaxSize = 2048;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/images/{id}/content", GetAsync)
        .WithName("ImageContent").WithSummary("The image; with ?size= a thumbnail that fits in a square of so many pixels.")
        .Produces(200, null, "image/jpeg", "image/png", "image/webp", "image/gif", "image/tiff", "image/bmp", "image/avif", "image/heic").ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
        .WithQuery(("size", JsonSchemaType.Integer, "Fit in a square of so many pixels, 16 to 2,048."));

    private static async Task<IResult> GetAsync(
        string id, HttpContext context, ImageLedger ledger, ImageStore images, QuarantineStore quarantine, ImageReader reader, CancellationToken cancellation)
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

        Protect(context.Response);
        var tag = new EntityTagHeaderValue($"\"{record.Sha256![..32]}-{size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "full"}\"");
        try
        {
            return size is { } side
                ? await ThumbnailAsync(blob, side, tag, context, reader, cancellation)
                : Results.Stream(
                    await blob.OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellation),
                    record.Format!.Value.MediaType(), entityTag: tag, enableRangeProcessing: true);
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            throw Refusal.NotFound("The blob of the image is no longer there.");
        }
    }

    private static async Task<IResult> ThumbnailAsync(
        BlobBaseClient blob, int side, EntityTagHeaderValue tag, HttpContext context, ImageReader reader, CancellationToken cancellation)
    {
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        var content = await blob.DownloadContentAsync(cancellation);
        var check = reader.Check(content.Value.Content.ToMemory());
        return check.Image is { } image
            ? Results.Bytes(reader.Thumbnail(image, side), reader.ThumbnailMediaType, entityTag: tag)
            : throw Refusal.Conflict($"The image cannot be shown: {check.Reason}");
    }

    /// <summary>The bytes come from outside: a browser must neither guess their type nor run them.</summary>
    private static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, max-age=0, must-revalidate";
    }
}
