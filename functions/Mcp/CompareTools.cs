using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Api;

namespace Serverless.Mcp;

/// <summary>The tool that compares two images.</summary>
internal sealed class CompareTools(StoredPair pairs, CompareEndpoint comparison, ImageTools images, Previews previews, ToolAnswer answer)
{
    [McpServerTool(
        Name = "compare_images",
        Title = "Compare two images",
        ReadOnly = true,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(CompareReply)
    )]
    [Description(
        "Decides whether two images are the same picture, and why: verdict, cosine, a sentence on what they share and what differs, and "
            + "the places where they differ. "
            + "Returns both pictures."
    )]
    public Task<CallToolResult> CompareAsync(
        [Description("The id of the first image, or its path such as images/holiday/dune.jpg.")] string a,
        [Description("The id or path of the second image.")] string b,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(async () =>
        {
            var records = new[] { await images.RecordAsync("a", a, cancellation), await images.RecordAsync("b", b, cancellation) };
            var (first, second) = (await pairs.OfAsync(records[0], "a", cancellation), await pairs.OfAsync(records[1], "b", cancellation));
            var reply = await comparison.RunAsync(first, second, cancellation);
            var shown = new List<ContentBlock>();
            foreach (var record in records)
            {
                shown.Add(new TextContentBlock { Text = $"{record.Id}: {record.Path}" });
                shown.Add(await previews.PictureAsync(record, Descriptions.PreviewSide, cancellation));
            }

            return (reply, (IReadOnlyList<ContentBlock>)shown);
        });
}
