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
    /// The container that people upload to. The trigger of IngestImage reads the setting by itself, so it must be set where the app runs.
    /// </summary>
    [AllowedText(ContainerName, ContainerRule)]
    public string Images { get; set; } = "images";

    /// <summary>The container that holds what was taken out of <see cref="Images"/>, each blob with its receipt as metadata.</summary>
    [AllowedText(ContainerName, ContainerRule)]
    public string Quarantine { get; set; } = "quarantine";
}
