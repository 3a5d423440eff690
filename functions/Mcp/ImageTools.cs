using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;
using Serverless.Categories;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Mcp;

/// <summary>Tools for one image.</summary>
internal sealed class ImageTools(ImageRecords records, Previews previews, Descriptions descriptions, Tagger tagger, ToolAnswer answer)
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
        "Returns one image and its record: path, size, caption and keywords in the file, verdict, what it duplicates and why. "
            + "Also works for quarantined images."
    )]
    public Task<CallToolResult> GetAsync(
        [Description("The id (32 hexadecimal digits) or the path, such as images/holiday/dune.jpg.")] string image,
        [Description("The picture is scaled to fit this many pixels a side."), Range(ContentEndpoint.MinSize, ContentEndpoint.MaxSize)]
            int size = 1024,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var record = await RecordAsync("image", image, cancellation);
            var told = await ToldAsync(record, cancellation);
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
    [Description("Everything known about one image, as text with a URL to cite. For connectors that only support search and fetch.")]
    public Task<CallToolResult> FetchAsync(
        [Description("The id of a search result.")] string id,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var told = await ToldAsync(await RecordAsync("id", id, cancellation), cancellation);
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
        if (ImagePath.IsId(image))
        {
            return await ImagesEndpoint.RecordAsync(image, records, cancellation);
        }

        var path = ImagePath.TryParse(image) ?? throw ProblemException.Invalid($"'{name}' must be an id or a path such as images/NAME.");
        return await ImagesEndpoint.RecordAsync(path, records, cancellation);
    }

    private async Task<ToldImage> ToldAsync(ImageRecord record, CancellationToken cancellation)
    {
        var view = ImageView.Of(record) ?? throw ProblemException.NotFound("The image is being processed, or was deleted.");
        return new ToldImage(descriptions.Of(view), await view.WithLabelsAsync(record, tagger, cancellation));
    }
}

/// <param name="Image">The image to show and cite.</param>
/// <param name="Record">The record, as in <c>GET /api/images/{id}</c>.</param>
internal sealed record ToldImage(FoundImage Image, ImageView Record);

/// <summary>The shape that assistants' connectors require from <c>fetch</c>.</summary>
internal sealed record Document(string Id, string Title, string Text, string Url, IReadOnlyDictionary<string, string> Metadata);
