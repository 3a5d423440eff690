using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Primitives;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;
using Serverless.Embeddings;
using Serverless.Review;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Mcp;

/// <summary>Tools for the collection as a whole.</summary>
internal sealed class CollectionTools(
    ImageIndex index,
    ImageStore store,
    DuplicateGroups groups,
    EmbeddingModel model,
    Descriptions descriptions,
    ToolAnswer answer
)
{
    [McpServerTool(
        Name = "overview",
        Title = "Overview",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(Overview)
    )]
    [Description("The number of images by format, tag and verdict, and the model in use. Call this first to learn what you can filter by.")]
    public Task<CallToolResult> OverviewAsync(CancellationToken cancellation = default) =>
        answer.OfAsync(async () =>
        {
            var counts = await index.CountsAsync(cancellation);
            return new Overview(counts.Images, counts.Formats, counts.Tags, counts.Verdicts, model.Name);
        });

    [McpServerTool(
        Name = "browse",
        Title = "Browse",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(BrowsedImages)
    )]
    [Description("Lists images without a query, newest first, page by page: pass 'continuation' back until it is null.")]
    public Task<CallToolResult> BrowseAsync(
        [Description("Images wanted."), Range(1, 100)] int top = 20,
        [Description("Only images whose path starts with this, such as 'holiday/'.")] string? prefix = null,
        [Description("Only images that have all these tags.")] IReadOnlyList<string>? tags = null,
        [Description("From the previous page, with the same filters.")] string? continuation = null,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var filter = FilterExpression.Of(new SearchFilterRequest(prefix, Tags: tags), store.Images);
            var page = await BrowseEndpoint.PageAsync(top, continuation, filter, index, cancellation);
            return new BrowsedImages([.. page.Images.Select(image => descriptions.Of(image))], page.Continuation);
        });

    [McpServerTool(
        Name = "list_duplicates",
        Title = "List duplicates",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(DuplicatesReply)
    )]
    [Description(
        "Lists groups of duplicates: a kept image and the images it displaced or resembles, with the evidence in words. "
            + "Page by page: pass 'continuation' back until it is null."
    )]
    public Task<CallToolResult> ListDuplicatesAsync(
        [
            Description("confidence (most alike first), size (largest file first) or date (latest decision first)."),
            AllowedValues("confidence", "size", "date")
        ]
            string sort = "confidence",
        [
            Description("Only quarantined, copy (duplicates left in place) or lookAlike; all by default."),
            AllowedValues("quarantined", "copy", "lookAlike")
        ]
            string? status = null,
        [Description("Groups wanted."), Range(1, 100)] int top = 5,
        [Description("From the previous page, with the same sort and status.")] string? continuation = null,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(() =>
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
            return DuplicatesEndpoint.ListAsync(query, groups, cancellation);
        });
}

/// <param name="Images">Images in the index, which searches can find.</param>
/// <param name="Formats">Images by format.</param>
/// <param name="Tags">Images by tag, for the hundred most frequent tags.</param>
/// <param name="Verdicts">Images by verdict.</param>
/// <param name="Model">The model that made the vectors.</param>
internal sealed record Overview(
    long Images,
    IReadOnlyDictionary<string, long> Formats,
    IReadOnlyDictionary<string, long> Tags,
    IReadOnlyDictionary<string, long> Verdicts,
    string Model
);
