using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shared;

namespace FunctionsHost.Tests.Support;

/// <summary>How a test talks with its worker: files, which outlive either of them.</summary>
internal sealed class WorkerFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("functions-host-test-").FullName;

    /// <summary>The app root of the test worker: the output of its build.</summary>
    public static string App { get; } =
        System.IO.Path.Combine(
            RepositoryFolder.Path,
            "tests",
            "FunctionsHost.Tests",
            "TestWorker",
            "bin",
            new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name,
            "net10.0"
        );

    public int ProcessId => int.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "process")), CultureInfo.InvariantCulture);

    /// <summary>How the worker is to behave from now on.</summary>
    public WorkerFolder Mode(string function, string mode)
    {
        var file = System.IO.Path.Combine(Path, $"mode-{function}");
        File.WriteAllText(file + ".tmp", mode);
        File.Move(file + ".tmp", file, overwrite: true);
        return this;
    }

    public void Signal(string name) => File.WriteAllText(System.IO.Path.Combine(Path, name), "");

    public bool Has(string name) => File.Exists(System.IO.Path.Combine(Path, name));

    public IReadOnlyList<Call> Calls(string function) =>
        [
            .. Directory
                .GetFiles(Path, $"call-{function}-*")
                .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(file => JsonSerializer.Deserialize<Call>(File.ReadAllText(file))!),
        ];

    /// <summary>On what a function has done its work.</summary>
    public IReadOnlyList<string> Done(string function) =>
        [
            .. Directory
                .GetFiles(Path, $"done-{function}-*")
                .Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
                .Select(File.ReadAllText)
                .Order(StringComparer.Ordinal),
        ];

    public async Task<IReadOnlyList<string>> DoneAsync(string function, int atLeast)
    {
        await Patience.UntilAsync(() => Done(function).Count >= atLeast, $"{function} is done {atLeast} times");
        return Done(function);
    }

    public async Task<IReadOnlyList<Call>> CallsAsync(string function, int atLeast)
    {
        await Patience.UntilAsync(() => Calls(function).Count >= atLeast, $"{function} was called {atLeast} times");
        return Calls(function);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>One call of a function, as the function saw it.</summary>
    public sealed record Call(JsonNode? Data, JsonObject Metadata, string TraceParent, int Running);
}
