namespace Serverless.Storage;

/// <summary>Section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// The container that people upload to. The trigger of IngestImage reads the setting by itself, so it must be set where the app runs.
    /// </summary>
    public string Images { get; set; } = "images";

    /// <summary>The container that holds what was taken out of <see cref="Images"/>, each blob with its receipt as metadata.</summary>
    public string Quarantine { get; set; } = "quarantine";
}
