using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace FunctionsHost.Tests.Support;

/// <summary>
/// An app root of one test: the test worker, with a host.json and settings of its own. Its timers are off unless asked for.
/// </summary>
internal sealed class TestApp : IDisposable
{
    private readonly Azurite azurite;
    private readonly Dictionary<string, string> settings;

    public TestApp(Azurite azurite)
    {
        this.azurite = azurite;
        Root = Directory.CreateTempSubdirectory("functions-host-app-").FullName;
        foreach (var file in Directory.GetFileSystemEntries(WorkerFolder.App))
        {
            File.CreateSymbolicLink(Path.Combine(Root, Path.GetFileName(file)), file);
        }

        settings = new()
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["AzureFunctionsWebHost__hostid"] = UniqueName,
            ["TEST_FOLDER"] = Folder.Path,
            ["TEST_QUEUE"] = UniqueName,
            ["TEST_SCHEDULE"] = "0 0 3 1 1 *",
            ["Storage__Images"] = UniqueName,
            ["AzureWebJobs.Eager.Disabled"] = "true",
            ["AzureWebJobs.Clean.Disabled"] = "true",
        };
    }

    public string Root { get; }

    public WorkerFolder Folder { get; } = new();

    /// <summary>A name that no other test uses: of the container, the queue and the host.</summary>
    public string UniqueName { get; } = $"t{Guid.NewGuid():N}"[..32];

    public BlobContainerClient Container => azurite.Blobs.GetBlobContainerClient(UniqueName);

    public QueueClient Queue =>
        new(azurite.ConnectionString, UniqueName, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public TestApp Setting(string name, string value)
    {
        settings[name] = value;
        return this;
    }

    public TestApp Enable(string function) => Setting($"AzureWebJobs.{function}.Disabled", "false");

    public TestApp Mode(string function, string mode)
    {
        Folder.Mode(function, mode);
        return this;
    }

    public TestApp WriteHostJson(Action<JsonObject> change) => Rewrite("host.json", change);

    /// <summary>Changes one of the files of the app root, for this test alone.</summary>
    public TestApp Rewrite(string name, Action<JsonObject> change)
    {
        var path = Path.Combine(Root, name);
        var json = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(json);
        File.WriteAllText(path + ".new", json.ToJsonString());
        File.Move(path + ".new", path, overwrite: true);
        return this;
    }

    /// <summary>Writes a blob, and tells the host of it where there is one.</summary>
    public async Task UploadAsync(RunningHost? host, params string[] names)
    {
        await Container.CreateIfNotExistsAsync();
        foreach (var name in names)
        {
            var blob = Container.GetBlobClient(name);
            await blob.UploadAsync(BinaryData.FromString(name), overwrite: true);
            await (host?.TellAsync(blob.Uri) ?? Task.CompletedTask);
        }
    }

    public Task<RunningHost> StartAsync(params string[] arguments) => RunningHost.StartAsync(Root, settings, arguments);

    /// <summary>Without waiting until it is ready.</summary>
    public RunningHost Launch(params string[] arguments) => new(Root, settings, arguments);

    public Task<(int ExitCode, string Errors)> RunToEndAsync(params string[] arguments) =>
        RunningHost.RunToEndAsync(Root, settings, arguments);

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        Folder.Dispose();
    }
}
