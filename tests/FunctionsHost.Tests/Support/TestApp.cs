using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionsHost.Handler;
using Shared;

namespace FunctionsHost.Tests.Support;

/// <summary>An app root of one test, with the test handler as its executable.</summary>
internal sealed class TestApp : IDisposable
{
    private readonly Dictionary<string, string> _settings;

    public TestApp(Azurite azurite)
    {
        Root = Directory.CreateTempSubdirectory("functions-host-app-").FullName;
        Folder = Directory.CreateTempSubdirectory("functions-host-test-").FullName;
        _settings = new() { ["AzureWebJobsStorage"] = azurite.ConnectionString, ["TEST_FOLDER"] = Folder };
        WriteHostJson(_ => { });
    }

    public string Root { get; }

    public string Folder { get; }

    /// <summary>A name that no other test uses, for a container or a queue.</summary>
    public string UniqueName { get; } = $"t{Guid.NewGuid():N}";

    public string HostId => Storage.HostId.Of(Configuration.FunctionApp.Load(Root, new Configuration.AppSettings(_settings)));

    public string HandlerProcessId => File.ReadAllText(Path.Combine(Folder, "process"));

    public TestApp Setting(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    public TestApp WriteHostJson(Action<JsonObject> change)
    {
        var json = new JsonObject
        {
            ["version"] = "2.0",
            ["customHandler"] = new JsonObject
            {
                ["enableProxyingHttpRequest"] = true,
                ["description"] = new JsonObject
                {
                    ["defaultExecutablePath"] = "dotnet",
                    ["arguments"] = new JsonArray(Path.Combine(AppContext.BaseDirectory, "TestHandler.dll")),
                },
            },
            ["extensions"] = new JsonObject
            {
                ["http"] = new JsonObject { ["routePrefix"] = "" },
                ["queues"] = new JsonObject(),
                ["blobs"] = new JsonObject { ["maxDegreeOfParallelism"] = 8 },
            },
        };
        change(json);
        return WriteFile("host.json", json.ToJsonString());
    }

    public TestApp WriteFile(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public TestApp Function(string name, params string[] bindings) =>
        WriteFile($"{name}/function.json", $$"""{"bindings":[{{string.Join(',', bindings)}}]}""");

    public TestApp BlobFunction(string name, string path, string extra = ""","properties":{"supportsDeferredBinding":true}""") =>
        Function(name, $$"""{"type":"blobTrigger","direction":"in","name":"blob","path":"{{path}}"{{extra}}}""");

    public TestApp QueueFunction(string name, string queue) =>
        Function(name, $$"""{"type":"queueTrigger","direction":"in","name":"msg","queueName":"{{queue}}"}""");

    public TestApp EventGridFunction(string name) => Function(name, """{"type":"eventGridTrigger","direction":"in","name":"ev"}""");

    public TestApp HttpFunction(string name, string route, string extra = ""","authLevel":"anonymous" """) =>
        Function(
            name,
            $$"""{"type":"httpTrigger","direction":"in","name":"req","route":"{{route}}"{{extra}}}""",
            """{"type":"http","direction":"out","name":"res"}""");

    /// <summary>How the handler is to answer from now on.</summary>
    public TestApp Mode(string function, string mode)
    {
        var file = Path.Combine(Folder, $"mode-{function}");
        File.WriteAllText(file + ".tmp", mode);
        File.Move(file + ".tmp", file, overwrite: true);
        return this;
    }

    public void Signal(string name) => File.WriteAllText(Path.Combine(Folder, name), "");

    public IReadOnlyList<Call> Calls(string function) =>
        [.. Directory.GetFiles(Folder, $"call-{function}-*").Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => JsonSerializer.Deserialize<Call>(File.ReadAllText(file))!)];

    public async Task<IReadOnlyList<Call>> CallsAsync(string function, int atLeast)
    {
        await Patience.UntilAsync(() => Calls(function).Count >= atLeast, $"{function} was called {atLeast} times");
        return Calls(function);
    }

    public Task<RunningHost> StartAsync(params string[] arguments) => RunningHost.StartAsync(Root, _settings, arguments);

    /// <summary>Without waiting until it is ready.</summary>
    public RunningHost Launch(params string[] arguments) => new(Root, _settings, arguments);

    public Task<(int ExitCode, string Errors)> RunToEndAsync(params string[] arguments) => RunningHost.RunToEndAsync(Root, _settings, arguments);

    /// <summary>Starts and stops at once, within this process; good for what goes wrong before anything starts.</summary>
    public Task RunHereAsync() => LocalHost.RunAsync(
        new CommandLine { App = Root, Port = 0 },
        Configuration.FunctionApp.Load(Root, new Configuration.AppSettings(_settings)),
        new CancellationToken(canceled: true));

    public void Dispose()
    {
        Directory.Delete(Root, recursive: true);
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>One POST to the handler.</summary>
    public sealed record Call(string Method, Dictionary<string, string> Headers, string Body, int Running)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public JsonNode? Data => Json[nameof(Data)]!.AsObject().Single().Value;

        public JsonObject Metadata => Json[nameof(Metadata)]!.AsObject();

        /// <summary>A value that is a string within a string.</summary>
        public string Text(string key) => JsonSerializer.Deserialize<string>((string)Metadata[key]!)!;
    }
}
