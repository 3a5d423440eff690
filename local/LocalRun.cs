using System.Diagnostics;
using Azure;
using Azure.Storage.Blobs;

namespace Local;

/// <summary>Starts everything in order, and stops it in the reverse order.</summary>
internal sealed class LocalRun(LocalOptions options, DataFolder data, StopSignals signals)
{
    private static readonly TimeSpan HealthPatience = TimeSpan.FromMinutes(1);

    private readonly List<ChildProcess> children = [];
    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested);
    private ChildProcess? crashed;

    public static async Task<int> RunAsync(LocalOptions options)
    {
        using var signals = new StopSignals(options.StopWithStandardInput);
        try
        {
            using var data = DataFolder.Open(options.Data, options.Fresh);
            return await new LocalRun(options, data, signals).RunUntilStoppedAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or NodePackagesException
            && signals.Requested.IsCancellationRequested)
        {
            // Ctrl-C reaches npm as well, which then ends as if it had failed.
            return 0;
        }
        catch (Exception exception) when (exception is LocalRunException or NodePackagesException or IOException or UnauthorizedAccessException)
        {
            Steps.Fail(exception.Message);
            return 1;
        }
    }

    private async Task<int> RunUntilStoppedAsync()
    {
        try
        {
            await StartAsync();
            await Task.Delay(Timeout.Infinite, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            await StopAsync();
        }
        return crashed is null ? 0 : 1;
    }

    private async Task StartAsync()
    {
        var watch = Stopwatch.StartNew();
        var cancellation = stopping.Token;
        Ports.RequireFree(options);
        await NodePackages.RequireNodeAsync(cancellation);
        await InstallAzuriteAsync(cancellation);
        Console.WriteLine($"Starting, with the state in {Near(data.Path)}");

        var azuriteStarts = StartAsync(
            Local.Azurite.Command(options, data.Azurite), Local.Azurite.Readiness(), azurite => Origin(azurite.Blob), cancellation);
        var searchStarts = StartAsync(
            SearchEmulator.Command(options, data.Search), FunctionsHost.Readiness, Origin, cancellation);
        await Task.WhenAll(azuriteStarts, searchStarts);
        var (azurite, azuriteId) = await azuriteStarts;
        var (search, searchId) = await searchStarts;

        var settings = AppSettings.Combine(
            AppSettings.Read(BuiltPrograms.RepositoryRoot),
            Environment.GetEnvironmentVariable,
            AppSettings.Known(azurite, search, SearchEmulator.CertificateFile(data.Search)));
        var images = settings.GetValueOrDefault("Storage__Images", "images");
        var quarantine = settings.GetValueOrDefault("Storage__Quarantine", "quarantine");
        await CreateContainersAsync(azurite, [images, quarantine], cancellation);
        var (url, hostId) = await StartAsync(
            FunctionsHost.Command(options, settings), FunctionsHost.Readiness, Origin, cancellation);
        await Steps.RunAsync("App", () => Health.WaitAsync(url, HealthPatience, cancellation), Health.Summary);

        var stack = new StackFile(
            url,
            new(azurite.Blob, azurite.Queue, azurite.Table, azurite.ConnectionString, images, quarantine),
            new(search, SearchEmulator.AdminKey, SearchEmulator.CertificateFile(data.Search), settings.GetValueOrDefault("Search__Index", "images")),
            new(Environment.ProcessId, azuriteId, searchId, hostId));
        stack.Write(data.Path);
        Steps.Done("Ready", "", watch.Elapsed);
        Console.WriteLine(NextSteps.Text(stack, data.Path == new LocalOptions().Data ? null : data.Path));
        Console.WriteLine($"ready {Origin(url)}");
    }

    private static async Task InstallAzuriteAsync(CancellationToken cancellation)
    {
        if (NodePackages.AreInstalled(BuiltPrograms.Azurite))
        {
            return;
        }
        Steps.Busy("Installing Azurite, the storage emulator, from npm: once, and it takes about 40 seconds");
        await Steps.RunAsync(
            "Azurite installed",
            async () =>
            {
                await NodePackages.InstallAsync(
                    BuiltPrograms.Azurite,
                    (installed, all) => Steps.Busy(installed == 0 ? $"downloading {all} packages" : $"{installed} of {all} packages in place"),
                    cancellation);
                return "";
            },
            result => result);
    }

    private async Task<(T Ready, int ProcessId)> StartAsync<T>(
        ChildCommand command, Func<string, T?> readiness, Func<T, string> describe, CancellationToken cancellation)
        where T : class
    {
        cancellation.ThrowIfCancellationRequested();
        var child = ChildProcess.Start(command, data.Logs);
        children.Add(child);
        _ = child.Exited.ContinueWith(_ => Crash(child), TaskScheduler.Default);
        var ready = await Steps.RunAsync(child.Name, () => child.WaitUntilReadyAsync(readiness, cancellation), describe);
        return (ready, child.Id);
    }

    // Only the first is to blame: the others end because it did, or because they are stopped.
    private void Crash(ChildProcess child)
    {
        lock (children)
        {
            if (stopping.IsCancellationRequested)
            {
                return;
            }
            crashed = child;
        }
        stopping.Cancel();
    }

    // As short as a person in the current folder would write it.
    private static string Near(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private static async Task CreateContainersAsync(Azurite azurite, IEnumerable<string> names, CancellationToken cancellation)
    {
        var service = new BlobServiceClient(azurite.ConnectionString);
        foreach (var name in names)
        {
            try
            {
                await service.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation);
            }
            catch (RequestFailedException exception)
            {
                throw new LocalRunException($"The container \"{name}\" cannot be created: {exception.Message.Split('\n')[0]}");
            }
        }
    }

    private async Task StopAsync()
    {
        await stopping.CancelAsync();
        if (crashed is not null)
        {
            Steps.Fail($"{crashed.Name} stopped by itself (exit code {crashed.ExitCode}), so everything stops. Its last lines, more in {data.Logs}:");
            foreach (var line in await crashed.LastLinesAsync())
            {
                await Console.Error.WriteLineAsync($"      {line}");
            }
        }
        StackFile.Delete(data.Path);
        foreach (var child in children.AsEnumerable().Reverse())
        {
            await Steps.RunAsync(
                child.Name,
                async () =>
                {
                    await child.StopAsync(signals.Insisted);
                    await child.DisposeAsync();
                    return "stopped";
                },
                result => result);
        }
    }
}
