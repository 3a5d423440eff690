using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Api;

/// <summary>Section <c>Thumbnails</c>.</summary>
[SettingsSection(Section)]
public sealed class ThumbnailOptions
{
    public const string Section = "Thumbnails";

    /// <summary>
    /// Memory for made thumbnails, default 64 MiB: some 5,000 of the size that the page shows. Raise it where people browse more than that.
    /// </summary>
    [AllowedRange(1 << 20, 1L << 40)]
    public long CacheBytes { get; set; } = 64L << 20;
}

/// <summary>What the settings of thumbnails may be.</summary>
[OptionsValidator]
internal sealed partial class ThumbnailOptionsRules : IValidateOptions<ThumbnailOptions>;
