using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionsHost.Configuration;

namespace FunctionsHost.Handler;

/// <summary>What a function is called with: its trigger's value, and what is known about it.</summary>
/// <param name="subject">What it is about, for the log.</param>
internal sealed class Invocation(Function function, JsonNode? data, string subject)
{
    private readonly JsonObject _metadata = [];
    private byte[]? _json;

    public Function Function => function;

    public string Subject => subject;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Adds or replaces; a key that ends in "trigger" never reaches the handler.</summary>
    public Invocation With(string key, JsonNode? value)
    {
        if (!key.EndsWith("trigger", StringComparison.OrdinalIgnoreCase))
        {
            _metadata[key] = value;
        }

        return this;
    }

    /// <summary>The same bytes however often it is sent.</summary>
    public byte[] ToJson(DateTimeOffset now) => _json ??= Serialise(now);

    private byte[] Serialise(DateTimeOffset now)
    {
        _metadata["sys"] = new JsonObject
        {
            ["MethodName"] = function.Name,
            ["UtcNow"] = now.UtcDateTime,
            ["RandGuid"] = Guid.NewGuid(),
        };
        var body = new JsonObject
        {
            ["Data"] = new JsonObject { [function.Trigger.Name] = data },
            ["Metadata"] = _metadata,
        };
        return JsonSerializer.SerializeToUtf8Bytes(body, BindingData.Json);
    }
}
