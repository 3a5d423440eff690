using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Azure.WebJobs;

namespace FunctionsHost.Configuration;

/// <summary>A binding as the worker's build declares it; each type has some of these properties.</summary>
/// <param name="Name">The parameter that receives the input.</param>
/// <param name="Methods">HTTP methods; none allows all.</param>
internal sealed record TriggerDeclaration(
    string Type,
    string Name,
    string? Route = null,
    IReadOnlyList<string>? Methods = null,
    string? AuthLevel = null,
    string? Path = null,
    [property: JsonConverter(typeof(JsonStringEnumConverter<BlobTriggerSource>))] BlobTriggerSource Source = default,
    string? QueueName = null,
    string? Schedule = null,
    bool RunOnStartup = false,
    bool UseMonitor = true,
    string? Connection = null,
    string? DataType = null,
    Dictionary<string, JsonElement>? Properties = null
)
{
    /// <summary>The worker opens its input itself and receives only the address.</summary>
    public bool IsDeferred =>
        Properties?.GetValueOrDefault("supportsDeferredBinding").ToString().Equals("true", StringComparison.OrdinalIgnoreCase) == true;
}
