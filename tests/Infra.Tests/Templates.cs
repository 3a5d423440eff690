using System.Text.Json;

[assembly: AssemblyFixture(typeof(Infra.Tests.Templates))]

namespace Infra.Tests;

/// <summary>What the compiler makes of the templates: with all they deploy, however deep.</summary>
public sealed class Templates : IAsyncLifetime
{
    internal JsonElement Main { get; private set; }

    internal JsonElement Events { get; private set; }

    internal string Text { get; private set; } = "";

    /// <summary>What the compiler and its linter had to say.</summary>
    internal string Remarks { get; private set; } = "";

    internal IReadOnlyList<(string Template, JsonElement Resource)> Resources { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Bicep.IsAvailable, "The package has the Bicep compiler for Linux only.");
        (Main, var main) = await CompileAsync("main.bicep");
        (Events, var events) = await CompileAsync("events.bicep");
        Text = main + events;
        Resources = [.. ResourcesOf("main", Main), .. ResourcesOf("events", Events)];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal IEnumerable<JsonElement> OfType(string type) =>
        Resources
            .Select(item => item.Resource)
            .Where(resource => !IsExisting(resource) && resource.GetProperty("type").GetString() == type);

    internal JsonElement Single(string type) => Assert.Single(OfType(type));

    /// <summary>A template and those nested in it, by the names of their modules.</summary>
    internal static IEnumerable<(string Name, JsonElement Template)> TemplatesOf(string name, JsonElement template)
    {
        yield return (name, template);
        var modules =
            template.GetProperty("resources").ValueKind == JsonValueKind.Object
                ? template.GetProperty("resources").EnumerateObject()
                : default;
        foreach (var module in modules.Where(item => item.Value.GetProperty("type").GetString() == "Microsoft.Resources/deployments"))
        {
            foreach (var nested in TemplatesOf(module.Name, module.Value.GetProperty("properties").GetProperty("template")))
            {
                yield return nested;
            }
        }
    }

    private static IEnumerable<(string, JsonElement)> ResourcesOf(string name, JsonElement template) =>
        TemplatesOf(name, template).SelectMany(item => Items(item.Template).Select(resource => (item.Name, resource)));

    private static bool IsExisting(JsonElement resource) => resource.TryGetProperty("existing", out var existing) && existing.GetBoolean();

    private static IEnumerable<JsonElement> Items(JsonElement template) =>
        template.GetProperty("resources").ValueKind == JsonValueKind.Object
            ? template.GetProperty("resources").EnumerateObject().Select(item => item.Value)
            : template.GetProperty("resources").EnumerateArray();

    private async Task<(JsonElement Template, string Text)> CompileAsync(string file)
    {
        var (exitCode, output, remarks) = await Bicep.RunAsync("build", file, "--stdout");
        Assert.True(exitCode == 0, remarks);
        Remarks += remarks;
        using var document = JsonDocument.Parse(output);
        return (document.RootElement.Clone(), output);
    }
}
