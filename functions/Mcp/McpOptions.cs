using System.ComponentModel;
using Serverless.Settings;

namespace Serverless.Mcp;

[SettingsSection(Section)]
internal sealed class McpOptions
{
    public const string Section = "Mcp";

    /// <summary>Hosts from which tools may fetch pictures by <c>https</c>: <c>Mcp__AllowedHosts__0</c>, <c>__1</c>, …</summary>
    [DefaultValue("none")]
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    /// <summary>Offers assistants the tools that change images: <c>tag_image</c> and <c>restore_image</c>.</summary>
    public bool AllowChanges { get; set; }
}
