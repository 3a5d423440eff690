using System.Text.Json;
using Serverless.Embeddings;

namespace Local;

/// <summary>The environment of the app: a settings file, then the user's own variables, then what only this run knows.</summary>
internal static class AppSettings
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    // Triggers refer to it and have no default.
    private static readonly Dictionary<string, string> Defaults = new() { ["Storage__Images"] = "images" };

    public static IReadOnlyDictionary<string, string> Read(string root)
    {
        var file = Path.Combine(root, "local.settings.json");
        if (!File.Exists(file))
        {
            file = Path.Combine(root, "local.settings.sample.json");
        }
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return document
                .RootElement.GetProperty("Values")
                .EnumerateObject()
                .ToDictionary(value => value.Name.Replace(":", "__", StringComparison.Ordinal), value => value.Value.ToString());
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or IOException)
        {
            throw new LocalRunException($"{file} is not a settings file with an object \"Values\": {exception.Message}");
        }
    }

    /// <summary>The model that the app would use.</summary>
    public static string Model => Value("Embedding__Model") ?? ModelFolder.Default;

    /// <summary>What would compute its vectors.</summary>
    public static string Provider => Value("Embedding__Provider") ?? EmbeddingOptions.Onnx;

    public static Dictionary<string, string> Combine(
        IReadOnlyDictionary<string, string> file,
        Func<string, string?> variable,
        IReadOnlyDictionary<string, string> known
    )
    {
        var settings = Defaults
            .Where(value => !file.ContainsKey(value.Key))
            .Concat(file)
            .ToDictionary(value => value.Key, value => variable(value.Key) ?? value.Value);
        foreach (var (name, value) in known)
        {
            settings[name] = value;
        }
        return settings;
    }

    /// <summary>The user's variable, then the settings file.</summary>
    private static string? Value(string name) =>
        Environment.GetEnvironmentVariable(name) ?? Read(BuiltPrograms.RepositoryRoot).GetValueOrDefault(name);

    public static Dictionary<string, string> Known(StorageAccount storage, Uri search, string certificateFile, string webhookKey) =>
        new()
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["AzureWebJobsStorage"] = storage.ConnectionString,

            // Only the storage proxy, which delivers events, has this key.
            ["LOCAL_WEBHOOK_KEY"] = webhookKey,

            // Receipts are keyed by host id, which would depend on the build folder: a Release build would process every blob again.
            ["AzureFunctionsWebHost__hostid"] = "local",
            ["Search__Endpoint"] = search.GetLeftPart(UriPartial.Authority),
            ["Search__ApiKey"] = SearchEmulator.AdminKey,
            ["Search__CertificateFile"] = certificateFile,
            // One entry a line, so that warnings can be filtered.
            ["Logging__Console__FormatterName"] = "simple",
            ["Logging__Console__FormatterOptions__SingleLine"] = "true",
        };
}
