using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Api;

/// <summary>Section <c>Thumbnails</c>.</summary>
[SettingsSection(Section)]
public sealed class ThumbnailOptions
{
    public const string Section = "Thumbnails";

    /// <summary>
    /// Memory for cached thumbnails, default 64 MiB: about 5,000 of the page's size. Raise it if people browse more.
    /// </summary>
    [AllowedRange(1 << 20, 1L << 40)]
    public long CacheBytes { get; set; } = 64L << 20;
}

/// <summary>Validates the thumbnail settings.</summary>
[OptionsValidator]
internal sealed partial class ThumbnailOptionsRules : IValidateOptions<ThumbnailOptions>;
