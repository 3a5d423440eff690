using System.Text.Json;
using Microsoft.AspNetCore.Routing.Template;

namespace Functions.Tests.Hosting;

/// <summary>A function of the app that requests start, as it is declared to the host.</summary>
/// <param name="Route">Matches as the host does.</param>
internal sealed record HttpFunction(string Name, string Level, HashSet<string> Methods, TemplateMatcher Route)
{
    /// <summary>In the order of the host.</summary>
    public static IReadOnlyList<HttpFunction> All()
    {
        using var metadata = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions.metadata")));
        return [.. metadata.RootElement.EnumerateArray().Select(Of).OfType<HttpFunction>().OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public bool Fits(string method, string path) => Methods.Contains(method) && Route.TryMatch(path, []);

    private static HttpFunction? Of(JsonElement function) => TriggerOf(function) is { } trigger
        ? new HttpFunction(
            function.GetProperty("name").GetString()!,
            trigger.GetProperty("authLevel").GetString()!,
            trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!).ToHashSet(StringComparer.OrdinalIgnoreCase),
            new TemplateMatcher(TemplateParser.Parse(trigger.GetProperty("route").GetString()!), []))
        : null;

    private static JsonElement? TriggerOf(JsonElement function) => function.GetProperty("bindings").EnumerateArray()
        .Where(binding => binding.GetProperty("type").GetString() == "httpTrigger").Select(binding => (JsonElement?)binding).SingleOrDefault();
}
