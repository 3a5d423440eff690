using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using Local;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Everything that <c>dotnet run --project local</c> starts, on free ports and with a data folder of its own.</summary>
internal sealed class LocalStack : IAsyncDisposable
{
    private readonly TemporaryFolder? temporary;
    private readonly LocalProgram program;
    private readonly StackFile file;
    private readonly IReadOnlyList<int> processes;

    private LocalStack(LocalProgram program, StackFile file, string folder, TemporaryFolder? temporary)
    {
        (this.program, this.file, DataFolder, this.temporary) = (program, file, folder, temporary);
        processes = ProcessTree.Of(program.Id, file.Processes.Azurite, file.Processes.SearchEmulator, file.Processes.FunctionsHost);
        Blobs = new BlobServiceClient(file.Storage.ConnectionString);
        Images = Blobs.GetBlobContainerClient(file.Storage.Images);
        Quarantine = Blobs.GetBlobContainerClient(file.Storage.Quarantine);
        Http = PatientHttp.Client(file.Url);
    }

    public string DataFolder { get; }

    public BlobServiceClient Blobs { get; }

    public BlobContainerClient Images { get; }

    public BlobContainerClient Quarantine { get; }

    /// <summary>Its base address is the Functions host.</summary>
    public HttpClient Http { get; }

    public string ConnectionString => file.Storage.ConnectionString;

    public StackFile.SearchService Search => file.Search;

    public StackFile.ProcessIds Processes => file.Processes;

    /// <summary>As they are now: what died has another id.</summary>
    public StackFile.ProcessIds CurrentProcesses => StackFile.Read(DataFolder)?.Processes ?? file.Processes;

    /// <summary>The runner and everything below it, as it is now.</summary>
    public IReadOnlyList<int> AllProcesses => ProcessTree.Of(program.Id);

    public string Output => program.Output;

    public string Errors => program.Errors;

    public static string[] FreePorts { get; } =
    ["--port", "0", "--search-port", "0", "--blob-port", "0", "--queue-port", "0", "--table-port", "0"];

    public static async Task<LocalStack> StartAsync(LocalStackOptions? options = null)
    {
        options ??= new LocalStackOptions();
        var temporary = options.DataFolder is null ? new TemporaryFolder() : null;
        var folder = options.DataFolder ?? temporary!.Path;
        string[] delay = options.IndexingDelayMilliseconds is { } milliseconds
            ? ["--indexing-delay-ms", milliseconds.ToString(CultureInfo.InvariantCulture)]
            : [];
        var program = LocalProgram.Start(
            [.. FreePorts, "--data", folder, .. delay, .. options.Arguments],
            // On a busy machine slowness is no outage.
            new Dictionary<string, string> { ["Limits__MaxDependencyTime"] = "00:03:00" }
                .Concat(options.Environment)
                .ToDictionary(),
            options.Wrapper
        );
        try
        {
            await program.WaitUntilReadyAsync();
            return new LocalStack(program, StackFile.Read(folder)!, folder, temporary);
        }
        catch
        {
            await program.DisposeAsync();
            temporary?.Dispose();
            throw;
        }
    }

    /// <summary>Asks the runner to stop, and checks that it did so cleanly and left nothing behind.</summary>
    public async Task StopAsync()
    {
        await Signals.TerminateAsync(program.Id);
        Assert.Equal(0, await program.WaitForExitAsync());
        Assert.Empty(await LeftoversAsync());
    }

    /// <summary>Ends one process without asking, by an id from <see cref="Processes"/>.</summary>
    public static void Kill(int process) => Process.GetProcessById(process).Kill();

    /// <summary>Ends the runner without asking, and waits until all that it started has followed.</summary>
    public async Task KillAllAsync()
    {
        var all = AllProcesses;
        Kill(program.Id);
        Assert.Empty(await ProcessTree.WaitForEndAsync(all));
    }

    public Task<int> WaitForExitAsync() => program.WaitForExitAsync();

    /// <summary>The processes of this stack that still live when all should have ended.</summary>
    public Task<IReadOnlyList<int>> LeftoversAsync() => ProcessTree.WaitForEndAsync(processes);

    public string Log(string name) => File.ReadAllText(Path.Combine(DataFolder, "logs", $"{name}.log"));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await program.DisposeAsync();
        await LeftoversAsync();
        temporary?.Dispose();
    }
}
