using System.Text.Json;
using FunctionsHost.Diagnostics;

namespace FunctionsHost.Configuration;

/// <summary>A function of the app, with its trigger.</summary>
internal sealed record FunctionDeclaration(string Name, TriggerDeclaration Trigger)
{
    public bool IsHttp => Trigger.Type == "httpTrigger";

    public bool IsAnonymous => "anonymous".Equals(Trigger.AuthLevel, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the file that the build wrote into the app root, which is available before a worker runs.</summary>
    public static IReadOnlyList<FunctionDeclaration> Load(string file) =>
        [
            .. JsonSerializer
                .Deserialize<List<Entry>>(File.ReadAllText(file), JsonSerializerOptions.Web)!
                .Select(function => new FunctionDeclaration(function.Name, TriggerOf(function))),
        ];

    private static TriggerDeclaration TriggerOf(Entry function) =>
        function.Bindings.Where(binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal)).ToList() is [var trigger]
            ? trigger
            : throw new HostException($"{function.Name}: a function has exactly one trigger.");

    private sealed record Entry(string Name, List<TriggerDeclaration> Bindings);
}
