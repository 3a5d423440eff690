using FunctionsHost.Worker.Protocol;

namespace FunctionsHost.Worker;

/// <summary>One call of a function.</summary>
/// <param name="Inputs">Inputs by binding name.</param>
internal sealed record Invocation(string Function, Dictionary<string, TypedData> Inputs)
{
    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string TraceParent { get; init; } = "";

    /// <summary>The trigger's binding data.</summary>
    public Dictionary<string, TypedData> Metadata { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Identical for all attempts at one blob or message.</summary>
    public string Key => $"{Function} {(Metadata.GetValueOrDefault("BlobTrigger") ?? Metadata.GetValueOrDefault("Id"))?.String}";
}
