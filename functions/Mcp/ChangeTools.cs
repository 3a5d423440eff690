using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Serverless.Access;
using Serverless.Api;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;

namespace Serverless.Mcp;

/// <summary>
/// What an assistant may change, where the settings let it (<see cref="McpOptions.AllowChanges"/>) and its key covers it.
/// </summary>
internal sealed class ChangeTools(
    IHttpContextAccessor requests,
    CallerRole callers,
    ImageLedger ledger,
    TagImage tag,
    Restoration restoration,
    ToolAnswer answer
)
{
    [McpServerTool(
        Name = "tag_image",
        Title = "Tag an image",
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(ImageView)
    )]
    [Description("Replaces the tags of an indexed image. Read them first with get_image: what is left out is taken away.")]
    public Task<CallToolResult> TagAsync(
        [Description("The id of the image.")] string id,
        [Description("All tags that it is to have, [] for none.")] IReadOnlyList<string> tags,
        CancellationToken cancellation = default
    ) =>
        answer.OfAsync(() =>
        {
            Demand(Access.Role.Operate);
            return TagsEndpoint.TagAsync(id, tags, tag, ledger, cancellation);
        });

    [McpServerTool(
        Name = "restore_image",
        Title = "Restore an image",
        Destructive = false,
        Idempotent = true,
        OpenWorld = false,
        UseStructuredContent = true,
        OutputSchemaType = typeof(ImageView)
    )]
    [Description("Puts a quarantined image back where it was uploaded, for good: it is remembered as no duplicate of what it matches.")]
    public Task<CallToolResult> RestoreAsync([Description("The id of the image.")] string id, CancellationToken cancellation = default) =>
        answer.OfAsync(() =>
        {
            Demand(Access.Role.Operate);
            return QuarantineEndpoint.RestoreAsync(id, restoration, ledger, cancellation);
        });

    private void Demand(Access.Role needed) =>
        callers.Demand(needed, requests.HttpContext ?? throw new InvalidOperationException("A tool was called outside of a request."));
}
