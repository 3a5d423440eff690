using System.Diagnostics;
using System.Globalization;
using Azure;
using Local.Models;

namespace Local;

/// <summary>Starts everything in order, keeps it running, and stops it in the reverse order.</summary>
internal sealed class LocalRun(LocalOptions options, DataFolder data, StopSignals signals)
{
    private const string LossOfAzurite =
        "Uploads of its last five seconds may be lost, which never happens in Azure: upload them again. The rest will be reconciled soon.";

    private readonly List<SupervisedProgram> programs = [];
    private readonly CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested);
    private ChildProcess? failed;
    private LocalStorage? storage;

    public static async Task<int> RunAsync(LocalOptions options)
    {
        using var signals = new StopSignals(options.StopWithStandardInput);
        try
        {
            using var data = DataFolder.Open(options.Data, options.Fresh);
            return await new LocalRun(options, data, signals).RunUntilStoppedAsync();
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or NodePackagesException && signals.Requested.IsCancellationRequested)
        {
            // Ctrl-C also reaches npm, which then ends as if it had failed.
            return 0;
        }
        catch (Exception exception)
            when (exception is LocalRunException or NodePackagesException or IOException or UnauthorizedAccessException)
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
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        finally
        {
            await StopAsync();
        }
        return failed is null ? 0 : 1;
    }

    private async Task StartAsync()
    {
        var watch = Stopwatch.StartNew();
        var cancellation = stopping.Token;
        Ports.RequireFree(options);
        await NodePackages.RequireNodeAsync(cancellation);
        await InstallAzuriteAsync(cancellation);
        var model = options.Model is { } chosen
            ? await ChosenModel.PrepareAsync(chosen, ModelHub.Create(), Screen.Output, cancellation)
            : new Dictionary<string, string>();
        Console.WriteLine($"Starting, with the state in {Near(data.Path)}");

        var azurite = new SupervisedProgram("Azurite", data.Logs, cancellation) { Consequence = LossOfAzurite };
        var search = new SupervisedProgram("Search emulator", data.Logs, cancellation);
        var host = new SupervisedProgram("Functions host", data.Logs, cancellation);
        storage = await LocalStorage.StartAsync(options, data);
        var (account, webhookKey) = (storage.Account, RandomKey.Create());
        var settings = AppSettings.Combine(AppSettings.Read(BuiltPrograms.RepositoryRoot), Environment.GetEnvironmentVariable, model);

        // Before Azurite takes the first upload.
        Uri? hostAddress = null;
        storage.Tell(
            EventSubscriptions.Of(
                EventSubscriptions.Uploads(BuiltPrograms.FunctionApp, settings),
                () => Volatile.Read(ref hostAddress),
                webhookKey,
                account
            )
        );
        var azuriteStarts = StartAsync(
            azurite,
            storage.Azurite,
            storage.Readiness,
            _ => storage.Azurite,
            _ => Origin(storage.Account.At.Blob)
        );
        var searchStarts = StartAsync<Uri>(
            search,
            SearchEmulator.Command(options, data.Search),
            () => FunctionsHost.Readiness,
            at => SearchEmulator.Command(options with { SearchPort = at.Port }, data.Search),
            Origin
        );
        await Task.WhenAll(azuriteStarts, searchStarts);
        var index = await searchStarts;

        settings = AppSettings.Combine(
            settings,
            _ => null,
            AppSettings.Known(account, index, SearchEmulator.CertificateFile(data.Search), webhookKey)
        );
        foreach (var (place, origin) in options.AllowedOrigins.Index())
        {
            settings[$"Api__AllowedOrigins__{place}"] = origin;
        }

        var images = settings["Storage__Images"];
        var quarantine = settings.GetValueOrDefault("Storage__Quarantine", "quarantine");
        await storage.CreateAsync([images, quarantine], EventSubscriptions.DeletionQueue, cancellation);
        var url = await StartAsync<Uri>(
            host,
            FunctionsHost.Command(options, settings),
            () => FunctionsHost.Readiness,
            at => FunctionsHost.Command(options with { Port = at.Port }, settings),
            Origin
        );
        Volatile.Write(ref hostAddress, url);
        await Steps.RunAsync("App", () => Health.WaitAsync(url, cancellation), Health.Summary);

        StackFile Stack() =>
            new(
                url,
                new(account.At.Blob, account.At.Queue, account.At.Table, account.ConnectionString, images, quarantine),
                new(
                    index,
                    SearchEmulator.AdminKey,
                    SearchEmulator.CertificateFile(data.Search),
                    settings.GetValueOrDefault("Search__Index", "images")
                ),
                new(Environment.ProcessId, azurite.Id, search.Id, host.Id)
            );
        Stack().Write(data.Path);
        foreach (var program in programs)
        {
            program.Restarted += () => Stack().Write(data.Path);
        }
        azurite.Restarted += storage.TellAgain;
        azurite.Restarted += () =>
            _ = MakeAgainAsync(() => storage.CreateAsync([images, quarantine], EventSubscriptions.DeletionQueue, cancellation), host);
        var app = new AppClient(
            url,
            Setting(settings, "Access__OperateKey") ?? Setting(settings, "Access__DeleteKey") ?? options.FunctionKey
        );
        azurite.Restarted += new LossRepair(app, SettledAfter(settings), cancellation).Begin;

        Steps.Done("Ready", "", watch.Elapsed);
        if (options.Demo)
        {
            await new DemoCollection(app, Stack().Storage.Images, cancellation).LoadAsync();
            Browser.Show(new Uri(url, "ui"));
        }

        Console.WriteLine(NextSteps.Text(Stack(), data.Path == new LocalOptions().Data ? null : data.Path));
        Console.WriteLine($"ready {Origin(url)}");
        _ = new ModelChange(app, cancellation).FollowAsync();
    }

    private static async Task InstallAzuriteAsync(CancellationToken cancellation)
    {
        if (NodePackages.AreInstalled(BuiltPrograms.Azurite))
        {
            return;
        }
        Steps.Busy("Installing Azurite, the storage emulator, from npm (once, about 40 seconds)");
        await Steps.RunAsync(
            "Azurite installed",
            async () =>
            {
                await NodePackages.InstallAsync(
                    BuiltPrograms.Azurite,
                    (installed, all) =>
                        Steps.Busy(installed == 0 ? $"downloading {all} packages" : $"{installed} of {all} packages in place"),
                    cancellation
                );
                return "";
            },
            result => result
        );
    }

    private async Task<T> StartAsync<T>(
        SupervisedProgram program,
        ChildCommand first,
        Func<Func<string, T?>> readiness,
        Func<T, ChildCommand> again,
        Func<T, string> describe
    )
        where T : class
    {
        programs.Add(program);
        _ = program.Failed.ContinueWith(process => Fail(process.Result), TaskScheduler.Default);
        return await Steps.RunAsync(program.Name, () => program.StartAsync(first, readiness, again), describe);
    }

    /// <summary>Azurite may also have lost what was created a moment before. The app creates its own part when it starts.</summary>
    private static async Task MakeAgainAsync(Func<Task<bool>> makeAsync, SupervisedProgram host)
    {
        try
        {
            if (await makeAsync())
            {
                Steps.Again(
                    "Azurite had forgotten its containers. They have been recreated, and the app is restarting to create what it needs."
                );
                host.Replace();
            }
        }
        catch (Exception exception)
            when (exception is RequestFailedException or LocalRunException or AggregateException or OperationCanceledException)
        {
            Steps.Again($"The containers could not be looked for: {exception.Message.Split('\n')[0]}");
        }
    }

    // Only the first one failed: the others end because they are stopped.
    private void Fail(ChildProcess process)
    {
        lock (programs)
        {
            if (stopping.IsCancellationRequested)
            {
                return;
            }
            failed = process;
        }
        stopping.Cancel();
    }

    private static string? Setting(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.GetValueOrDefault(name) ?? Environment.GetEnvironmentVariable(name);

    // Reconciliation ignores everything younger than twice the visibility window.
    private static TimeSpan SettledAfter(IReadOnlyDictionary<string, string> settings) =>
        (
            (
                TimeSpan.TryParse(Setting(settings, "Duplicates__VisibilityWindow"), CultureInfo.InvariantCulture, out var window)
                    ? window
                    : TimeSpan.FromMinutes(1)
            ) * 2
        ) + TimeSpan.FromSeconds(5);

    // As short as a person in the current folder would write it.
    private static string Near(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);

    private async Task StopAsync()
    {
        await stopping.CancelAsync();
        if (failed is not null)
        {
            Steps.Fail(
                $"{failed.Name} stopped by itself (exit code {failed.ExitCode}), so everything stops. "
                    + $"Its last lines, more in {data.Logs}:"
            );
            foreach (var line in await failed.LastLinesAsync())
            {
                await Console.Error.WriteLineAsync($"      {line}");
            }
        }
        StackFile.Delete(data.Path);
        await (storage?.StopTellingAsync() ?? Task.CompletedTask);
        foreach (var program in programs.AsEnumerable().Reverse())
        {
            await Steps.RunAsync(
                program.Name,
                async () =>
                {
                    await program.StopAsync(signals.Insisted);
                    return "stopped";
                },
                result => result
            );
        }

        if (storage is not null)
        {
            if (programs.Exists(program => program is { Name: "Azurite", HasStoppedInOrder: true }))
            {
                storage.Settle();
            }

            await storage.DisposeAsync();
        }
    }
}
