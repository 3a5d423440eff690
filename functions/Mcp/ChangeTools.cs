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
/// Tools that change something, if the settings (<see cref="McpOptions.AllowChanges"/>) and the caller's key allow it.
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
    [Description("Replaces the tags of an indexed image. Read them first with get_image: tags that you leave out are removed.")]
    public Task<CallToolResult> TagAsync(
        [Description("The id of the image.")] string id,
        [Description("All tags the image should have, [] for none.")] IReadOnlyList<string> tags,
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
    [Description("Puts a quarantined image back for good, and remembers that it is not a duplicate of its matches.")]
    public Task<CallToolResult> RestoreAsync([Description("The id of the image.")] string id, CancellationToken cancellation = default) =>
        answer.OfAsync(() =>
        {
            Demand(Access.Role.Operate);
            return QuarantineEndpoint.RestoreAsync(id, restoration, ledger, cancellation);
        });

    private void Demand(Access.Role needed) =>
        callers.Demand(needed, requests.HttpContext ?? throw new InvalidOperationException("A tool was called outside a request."));
}
