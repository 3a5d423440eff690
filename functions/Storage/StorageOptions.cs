using System.ComponentModel.DataAnnotations;

namespace Serverless.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    private const string ContainerName = "^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$";

    /// <summary>The container that people upload to. Changing it needs the same change in bindings/IngestImage/function.json.</summary>
    [RegularExpression(ContainerName, ErrorMessage = "Storage:Images must be a container name: 3 to 63 lower-case letters, digits and single hyphens.")]
    public string Images { get; set; } = "images";

    /// <summary>The container that holds what was taken out of <see cref="Images"/>, each blob with its receipt as metadata.</summary>
    [RegularExpression(ContainerName, ErrorMessage = "Storage:Quarantine must be a container name: 3 to 63 lower-case letters, digits and single hyphens.")]
    public string Quarantine { get; set; } = "quarantine";
}
