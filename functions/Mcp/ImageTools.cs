using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Mcp;

/// <summary>One image, as an assistant asks for it.</summary>
internal sealed class ImageTools(ImageLedger ledger, Previews previews, Descriptions descriptions, ToolAnswer answer)
{
    [McpServerTool(
        Name = "get_image",
        Title = "Get an image",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(ToldImage)
    )]
    [Description(
        "One image and its record: path, size, caption and keywords in the file, verdict, what it duplicates and why. "
            + "Quarantined images are shown as well."
    )]
    public Task<CallToolResult> GetAsync(
        [Description("The id (32 hexadecimal digits), or the path such as images/holiday/dune.jpg.")] string image,
        [Description("The picture is made to fit in a square of so many pixels."), Range(ContentEndpoint.MinSize, ContentEndpoint.MaxSize)]
            int size = 1024,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var record = await RecordAsync("image", image, cancellation);
            var told = Told(record);
            ContentBlock[] shown =
                record.State == ImageState.Rejected
                    ? []
                    : [await previews.PictureAsync(record, size, cancellation), Previews.LinkTo(told.Image)];
            return (told, (IReadOnlyList<ContentBlock>)shown);
        });

    [McpServerTool(
        Name = "fetch",
        Title = "Fetch",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Document)
    )]
    [Description(
        "What is known of one image, as text with an address to cite. For connectors that know no other tool than search and this."
    )]
    public Task<CallToolResult> FetchAsync(
        [Description("The id of a result of search.")] string id,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var told = Told(await RecordAsync("id", id, cancellation));
            var metadata = new Dictionary<string, string>
            {
                ["path"] = told.Image.Path,
                ["status"] = told.Record.Status,
                ["originalUrl"] = told.Image.OriginalUrl,
                ["thumbnailUrl"] = told.Image.ThumbnailUrl,
            };
            return new Document(told.Image.Id, told.Image.Title, told.Image.Text, told.Image.Url, metadata);
        });

    public async Task<ImageRecord> RecordAsync(string name, string image, CancellationToken cancellation)
    {
        var id = ImagePath.IsId(image)
            ? image
            : ImagePath.TryParse(image)?.Id ?? throw Refusal.Invalid($"'{name}' must be an id or a path such as images/NAME.");
        return await ImagesEndpoint.RecordAsync(id, ledger, cancellation);
    }

    private ToldImage Told(ImageRecord record)
    {
        var view = ImageView.Of(record) ?? throw Refusal.NotFound("The image is being processed, or was deleted.");
        return new ToldImage(descriptions.Of(view), view);
    }
}

/// <param name="Image">What to show and cite.</param>
/// <param name="Record">The record, as <c>GET /api/images/{id}</c> tells it.</param>
internal sealed record ToldImage(FoundImage Image, ImageView Record);

/// <summary>The shape that connectors of assistants demand of <c>fetch</c>.</summary>
internal sealed record Document(string Id, string Title, string Text, string Url, IReadOnlyDictionary<string, string> Metadata);
