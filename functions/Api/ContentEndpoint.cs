using System.Globalization;
using Azure;
using Azure.Storage.Blobs.Models;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>The image, or a thumbnail of it.</summary>
internal static class ContentEndpoint
{
    public const int MinSize = 16;
    public const int MaxSize = 2048;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/images/{id}/content", GetAsync)
            .WithName("getContent")
            .WithSummary(
                "Gets the image, or with ?size= a thumbnail that fits in a square of that many pixels; of a page the file that it is in, "
                    + "or a thumbnail of the page."
            )
            .Produces(200, null, "image/webp", [.. Enum.GetValues<ImageFormat>().Select(format => format.MediaType())])
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .WithQuery(
                QueryParameter.Whole("size", "Fits in a square of this many pixels.", MinSize, MaxSize),
                ("sha256", JsonSchemaType.String, "The expected content; its thumbnail may be cached for a year.")
            )
            .WorksOnPictures()
            .DisableRequestTimeout();

    /// <summary>Without a thumbnail the bytes are streamed unchanged, at the client's pace.</summary>
    public static bool SendsTheWholeFile(HttpRequest request) =>
        request.Path.Value?.EndsWith("/content", StringComparison.OrdinalIgnoreCase) == true && !request.Query.ContainsKey("size");

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        ImageRecords records,
        StoredContent content,
        CancellationToken cancellation
    )
    {
        var size = QueryValue.Integer(context.Request.Query, "size");
        if (size is { } wanted)
        {
            QueryValue.Between(wanted, MinSize, MaxSize, "size");
        }

        var record = await ImagesEndpoint.RecordAsync(id, records, cancellation);
        var blob = content.BlobOf(record);
        Protect(
            context.Response,
            DownloadName.Header(
                size is null ? DownloadName.Of(record) : $"{record.Id}.webp",
                isDocument: size is null && record.Format is (ImageFormat.Pdf or ImageFormat.Svg)
            ),
            isPinned: size is not null && context.Request.Query["sha256"] == record.Sha256
        );
        var tag = new EntityTagHeaderValue($"\"{record.Sha256![..32]}-{size?.ToString(CultureInfo.InvariantCulture) ?? "full"}\"");
        if (size is { } side)
        {
            return IsKnown(context.Request, tag)
                ? Results.StatusCode(StatusCodes.Status304NotModified)
                : Results.Bytes(await content.ThumbnailAsync(record, side, cancellation), content.ThumbnailMediaType, entityTag: tag);
        }

        try
        {
            if (AllowedMethods.IsHead(context))
            {
                var facts = await blob.GetPropertiesAsync(VersionOf(record), cancellation);
                (context.Response.ContentLength, context.Response.ContentType) = (
                    facts.Value.ContentLength,
                    record.Format!.Value.MediaType()
                );
                (context.Response.Headers.ETag, context.Response.Headers.AcceptRanges) = (tag.ToString(), "bytes");
                return Results.Empty;
            }

            var stream = await blob.OpenReadAsync(
                new BlobOpenReadOptions(allowModifications: false) { Conditions = VersionOf(record) },
                cancellation
            );
            return Results.Stream(stream, record.Format!.Value.MediaType(), entityTag: tag, enableRangeProcessing: true);
        }
        catch (RequestFailedException error) when (error.Status == StatusCodes.Status404NotFound)
        {
            throw ProblemException.NotFound("The image's blob no longer exists.");
        }
        catch (RequestFailedException error) when (error.Status == StatusCodes.Status412PreconditionFailed)
        {
            throw ProblemException.NotFound("The blob was overwritten and is being processed; try again in a moment.");
        }
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));

    /// <summary>Bytes that are not judged yet must not be served with the type of the judged ones.</summary>
    private static BlobRequestConditions? VersionOf(ImageRecord record) =>
        record.State is ImageState.Indexing or ImageState.Indexed
            ? new BlobRequestConditions { IfMatch = new ETag(record.BlobETag) }
            : null;

    /// <summary>The bytes are untrusted: a browser must neither guess their type nor run them.</summary>
    private static void Protect(HttpResponse response, string disposition, bool isPinned)
    {
        response.Headers.ContentDisposition = disposition;
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = isPinned ? "private, max-age=31536000, immutable" : "private, max-age=0, must-revalidate";
    }
}
