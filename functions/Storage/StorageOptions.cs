using Serverless.Settings;

namespace Serverless.Storage;

/// <summary>Section <c>Storage</c>.</summary>
[SettingsSection(Section)]
public sealed class StorageOptions
{
    public const string Section = "Storage";
    private const string ContainerName = "(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]";
    private const string ContainerRule = "a container name has 3 to 63 lower-case letters, digits and single hyphens";

    /// <summary>
    /// The container for uploads. The trigger of IngestImage also reads this setting and has no default, so it must be set.
    /// </summary>
    [AllowedText(ContainerName, ContainerRule)]
    public string Images { get; set; } = "images";

    /// <summary>The container for quarantined images, each blob with its receipt as metadata.</summary>
    [AllowedText(ContainerName, ContainerRule)]
    public string Quarantine { get; set; } = "quarantine";
}
