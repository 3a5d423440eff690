using System.Text.Json;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Configuration;

/// <summary>A function of the app, with its trigger as the worker declares it.</summary>
internal sealed record FunctionDeclaration(string Name, JsonElement Trigger)
{
    public const string FileName = "functions.metadata";

    private const string Suffix = "Trigger";

    /// <summary>The trigger's type, such as "blobTrigger".</summary>
    public string Type => Text("type")!;

    /// <summary>The name of the parameter that receives the input.</summary>
    public string Parameter => Text("name")!;

    public bool IsHttp => Type.Equals("httpTrigger", StringComparison.OrdinalIgnoreCase);

    /// <summary>The route, without the prefix.</summary>
    public string Route => Text("route") ?? Name;

    /// <summary>HTTP methods in upper case; empty allows all.</summary>
    public IReadOnlyList<string> Methods =>
        Trigger.TryGetProperty("methods", out var methods) && methods.ValueKind == JsonValueKind.Array
            ? [.. methods.EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())]
            : [];

    public bool IsAnonymous => "anonymous".Equals(Text("authLevel"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The worker opens its input itself and receives only the address.</summary>
    public bool IsDeferred =>
        Trigger.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("supportsDeferredBinding", out var value)
        && value.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    public string? Text(string property) =>
        Trigger.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool? Flag(string property) =>
        Trigger.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : null;

    /// <summary>Reads the file that the build wrote into the app root, which is available before a worker runs.</summary>
    public static IReadOnlyList<FunctionDeclaration> Load(string app)
    {
        var path = Path.Combine(app, FileName);
        try
        {
            using var file = JsonDocument.Parse(File.ReadAllText(path));
            return
            [
                .. file
                    .RootElement.EnumerateArray()
                    .Select(function => Of(function.GetProperty("name").GetString()!, function.GetProperty("bindings").EnumerateArray())),
            ];
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new HostException($"{path}: {e.Message} Is {app} the output of a build of a .NET isolated function app?");
        }
    }

    public static FunctionDeclaration Parse(string name, IEnumerable<string> bindings) =>
        Of(
            name,
            bindings.Select(binding =>
            {
                using var json = JsonDocument.Parse(binding);
                return json.RootElement.Clone();
            })
        );

    private static FunctionDeclaration Of(string name, IEnumerable<JsonElement> bindings)
    {
        var triggers = bindings
            .Where(binding => binding.GetProperty("type").GetString()!.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return triggers is [var trigger]
            ? new FunctionDeclaration(name, trigger.Clone())
            : throw new HostException($"{name}: a function has one trigger, but this one has {triggers.Count}.");
    }
}
