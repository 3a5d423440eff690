namespace Serverless.Mcp;

/// <summary>Settings under <c>Mcp</c>.</summary>
internal sealed class McpOptions
{
    /// <summary>Hosts that pictures may be fetched from by <c>https</c>; none by default, so that no caller chooses what the app asks.</summary>
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Offers the tools that change something: tag_image and restore_image.</summary>
    public bool AllowChanges { get; set; }
}
