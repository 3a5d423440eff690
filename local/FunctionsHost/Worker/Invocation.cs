using System.Text.Json;
using FunctionsHost.Worker.Protocol;
using Google.Protobuf;

namespace FunctionsHost.Worker;

/// <summary>One call of a function.</summary>
/// <param name="Inputs">Inputs by binding name.</param>
/// <param name="Metadata">The trigger's binding data; names are case-insensitive.</param>
internal sealed record Invocation(
    string Function,
    IReadOnlyDictionary<string, TypedData> Inputs,
    IReadOnlyDictionary<string, TypedData>? Metadata = null
)
{
    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string TraceParent { get; init; } = "";

    /// <summary>Identical for all attempts at one blob or message.</summary>
    public string Key => $"{Function} {Told("BlobTrigger") ?? Told("Id")}";

    public static TypedData Text(string text) => new() { String = text };

    public static TypedData Json(string json) => new() { Json = json };

    /// <summary>The data that a BlobClient is bound from.</summary>
    public static TypedData Blob(string container, string name, string connection = "AzureWebJobsStorage") =>
        Model(
            "AzureStorageBlobs",
            new
            {
                Connection = connection,
                ContainerName = container,
                BlobName = name,
            }
        );

    private string? Told(string name) => Metadata?.GetValueOrDefault(name)?.String;

    private static TypedData Model(string source, object content) =>
        new()
        {
            ModelBindingData = new()
            {
                Version = "1.0",
                Source = source,
                ContentType = "application/json",
                Content = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(content)),
            },
        };
}
