using Local;
using Local.Commands;
using Local.Models;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Functions.Tests.Embeddings;

/// <summary>The <c>models</c> command against a hub on this machine, with a cache of its own.</summary>
internal sealed class HubRig(LocalHub hub) : IAsyncDisposable
{
    private readonly string cache = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly StringWriter output = new();
    private readonly StringWriter errors = new();

    public LocalHub Hub => hub;

    public HubEnvironment Environment => new(hub.Endpoint, null, cache, Offline: false, TimeSpan.FromSeconds(30));

    public string Output => output.ToString();

    public string Errors => errors.ToString();

    public static async Task<HubRig> StartAsync() => new(await LocalHub.StartAsync());

    public Task<int> RunAsync(params string[] arguments)
    {
        var models = new ModelHub(() => Environment, () => new HttpClient(), TimeProvider.System);
        var command = new ModelsCommand(models, new Screen(output), new Screen(errors));
        return CommandLine.RunAsync(command.Parse(arguments), output, errors);
    }

    public string Folder(string model) => ModelFolder.Resolve(model, Environment);

    /// <summary>Puts thresholds where a model will be pulled to, so that the pull does not calibrate it, which takes a while.</summary>
    public void Calibrate(string model)
    {
        var entry = ModelCatalogue.Find(model)!;
        var commit = entry.Revision == "main" ? LocalHub.Commit : entry.Revision;
        var folder = Directory.CreateDirectory(HubCache.Of(cache, entry).Snapshot(commit));
        File.WriteAllText(
            Path.Combine(folder.FullName, "thresholds.json"),
            """{ "image_embeds": { "duplicate": 0.91, "candidateSearch": 0.8 } }"""
        );
    }

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await output.DisposeAsync();
        await errors.DisposeAsync();
        Directory.Delete(cache, recursive: true);
    }
}
