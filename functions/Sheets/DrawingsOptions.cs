using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Sheets;

/// <summary>Section <c>Drawings</c>: which sheets are searched by their lines.</summary>
[SettingsSection(Section)]
public sealed class DrawingsOptions
{
    public const string Section = "Drawings";

    /// <summary>Folders whose sheets are drawings, separated by commas, such as <c>plans/</c>: each page gets a vector of its lines, and
    /// its tiles too. Empty (default): none but those that are recognised.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Whether drawings elsewhere are recognised by their pixels, default true.</summary>
    public bool Detect { get; set; } = true;

    /// <summary>The most tiles of a page, default 80; 0 for none. Each is a document of the index of pages and tiles.</summary>
    [AllowedRange(0, 500)]
    public int MaxTiles { get; set; } = 80;

    /// <summary>Whether all in that folder are drawings.</summary>
    internal bool Covers(string name) =>
        Prefix
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}

/// <summary>Validates each setting of drawings.</summary>
[OptionsValidator]
internal sealed partial class DrawingsOptionsRules : IValidateOptions<DrawingsOptions>;
