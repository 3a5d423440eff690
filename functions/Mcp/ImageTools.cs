using System.ComponentModel;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Mcp;

/// <summary>What a language model can do with the collection. Each tool is a route of the HTTP API, with its rules and limits.</summary>
internal sealed class ImageTools(
    SearchEndpoint search,
    RequestBody body,
    ImageLedger ledger,
    StoredContent content,
    DuplicateGroups groups,
    ToolAnswer answer
)
{
    private const int MostFound = 20;
    private const int PreviewSide = 256;

    [McpServerTool(Name = "search_images", Title = "Search images", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Finds images of the collection by words, by a picture, by a stored image, or by a mix of them; best first, with a small "
            + "preview of each. "
            + "'similarity' is a cosine from -1 to 1: compare the results with each other rather than with a fixed bound."
    )]
    public Task<CallToolResult> SearchAsync(
        [Description("Words that describe the picture, such as 'red lighthouse at night'.")] string? text = null,
        [Description("A picture to search by, its file in base64 (JPEG, PNG, WebP, …).")] string? image = null,
        [Description("The id of a stored image to start from ('more like this').")] string? id = null,
        [Description("Words that the picture should not show.")] string? not = null,
        [Description("Results wanted, 1 to 20.")] int top = 8,
        [Description("Only images whose path begins so, such as 'holiday/'.")] string? prefix = null,
        [Description("Only images of this format, such as 'jpeg'.")] string? format = null,
        [Description("Only images uploaded at this time or later, such as 2026-01-31T00:00:00Z.")] DateTimeOffset? uploadedAfter = null,
        [Description("Only images uploaded before this time.")] DateTimeOffset? uploadedBefore = null,
        [Description("False leaves out the previews.")] bool previews = true,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            QueryValue.Between(top, 1, MostFound, "top");
            var filter = new SearchFilterRequest(prefix, null, format, uploadedAfter, uploadedBefore);
            var reply = await search.RunAsync(
                new SearchRequest(text, Id: id, Not: not, Top: top, Filter: filter),
                await body.ImageAsync("image", image, cancellation),
                cancellation
            );
            var pictures = previews ? await Task.WhenAll(reply.Results.Select(result => PreviewAsync(result.Id, cancellation))) : [];
            return (reply, pictures.OfType<ImageContentBlock>());
        });

    [McpServerTool(Name = "get_image", Title = "Get an image", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description("One image and its record: path, size, verdict, what it duplicates and why. Quarantined images are shown as well.")]
    public Task<CallToolResult> GetAsync(
        [Description("The id (32 hexadecimal digits), or the path such as images/holiday/dune.jpg.")] string image,
        [Description("The picture is made to fit in a square of so many pixels, 16 to 2,048.")] int size = 1024,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            QueryValue.Between(size, ContentEndpoint.MinSize, ContentEndpoint.MaxSize, "size");
            var id = ImagePath.IsId(image)
                ? image
                : ImagePath.TryParse(image)?.Id ?? throw Refusal.Invalid("'image' must be an id or a path such as images/NAME.");
            var record = await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
            var view = ImageView.Of(record) ?? throw Refusal.NotFound("The image is being processed, or was deleted.");
            ImageContentBlock[] picture = record.State == ImageState.Rejected ? [] : [await PictureAsync(record, size, cancellation)];
            return (view, (IEnumerable<ImageContentBlock>)picture);
        });

    [McpServerTool(Name = "list_duplicates", Title = "List duplicates", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Groups of duplicates: an image that was kept, and what it displaced or resembles, with the evidence in words. Page by page: "
            + "give 'continuation' back until it is null."
    )]
    public Task<CallToolResult> ListDuplicatesAsync(
        [Description("confidence (most alike first), size (largest file first) or date (latest decision first).")]
            string sort = "confidence",
        [Description("Only quarantined, copy (duplicates left in place) or lookAlike; all where absent.")] string? status = null,
        [Description("Groups wanted, 1 to 100.")] int top = 20,
        [Description("From the page before, with the same sort and status.")] string? continuation = null,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var query = new QueryCollection(
                new Dictionary<string, StringValues>
                {
                    ["sort"] = sort,
                    ["status"] = status,
                    ["top"] = top.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["continuation"] = continuation,
                }
            );
            return (await DuplicatesEndpoint.ListAsync(query, groups, cancellation), (IEnumerable<ImageContentBlock>)[]);
        });

    /// <summary>Null where the image has just gone: the other results are still of use.</summary>
    private async Task<ImageContentBlock?> PreviewAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await PictureAsync(await ImagesEndpoint.RecordAsync(id, ledger, cancellation), PreviewSide, cancellation);
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private async Task<ImageContentBlock> PictureAsync(ImageRecord record, int size, CancellationToken cancellation) =>
        ImageContentBlock.FromBytes(await content.ThumbnailAsync(record, size, cancellation), content.ThumbnailMediaType);
}
