using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace Local.Commands;

/// <summary>The default command: runs everything until stopped.</summary>
internal sealed class RunCommand : RootCommand
{
    private const string Text = """
        Runs everything on this machine: Azurite behind its proxy, the search emulator, the Functions host and the app.

        dotnet run --project local [-- OPTIONS]
        dotnet run --project local -- COMMAND [OPTIONS]

        Settings of the app come from local.settings.json, or else from local.settings.sample.json;
        environment variables of the same name go first. Storage and search are always those started here.
        With LOCAL_FUNCTION_KEY, or with Access__SearchKey, Access__OperateKey and Access__DeleteKey (keys with roles), the host demands
        a key of all but the page, as one in Azure does ("upload" has none to give).
        """;

    private const int LongestIndexingDelay = 600_000;

    private static readonly LocalOptions Defaults = new();

    private readonly SharedOptions shared;
    private readonly Option<bool> fresh = new("--fresh") { Description = "Start with no images, no index and no messages" };
    private readonly Option<bool> demo = new("--demo")
    {
        Description = "Load a sample collection and open the page; its state is kept apart, in .local-demo",
    };
    private readonly Option<string> model = new("--model")
    {
        Description =
            "Embed with this model of \"models list\", owner/repository of the hub, or folder: fetched first where it is not here yet",
        HelpName = "NAME",
    };
    private readonly NumberOption port = Port("--port", $"HTTP API [default: {Defaults.Port}]; for every port, 0 takes any free one");
    private readonly NumberOption searchPort = Port("--search-port", $"Search emulator [default: {Defaults.SearchPort}]");
    private readonly NumberOption blobPort = Port("--blob-port", $"Azurite: blobs [default: {Defaults.BlobPort}]");
    private readonly NumberOption queuePort = Port("--queue-port", $"Azurite: queues [default: {Defaults.QueuePort}]");
    private readonly NumberOption tablePort = Port("--table-port", $"Azurite: tables [default: {Defaults.TablePort}]");
    private readonly Option<string[]> origin = new("--allow-origin")
    {
        Description = "A page of this origin, such as http://localhost:5173, may call the API; may be given more than once",
        HelpName = "ORIGIN",
    };

    private readonly NumberOption indexingDelay = new(
        "--indexing-delay-ms",
        0,
        LongestIndexingDelay,
        "How long a written document stays invisible to searches, as in Azure"
    );

    public RunCommand(SharedOptions shared)
        : base(Text)
    {
        this.shared = shared;
        Options.Remove(Options.OfType<VersionOption>().Single());
        Option[] options =
        [
            fresh,
            demo,
            model,
            shared.Data,
            port,
            searchPort,
            blobPort,
            queuePort,
            tablePort,
            indexingDelay,
            origin,
            shared.StopWithStandardInput,
        ];
        foreach (var option in options)
        {
            Options.Add(option);
        }

        Options.Add(KeyOption());
        Subcommands.Add(new UploadCommand(shared));
        Subcommands.Add(new ReviewCommand(shared));
        Subcommands.Add(new ModelsCommand());
        Subcommands.Add(new CalibrateCommand(shared));
        Validators.Add(RefuseSamePorts);
        SetAction(
            (parsed, _) =>
            {
                Loopback.BypassProxy();
                return LocalRun.RunAsync(OptionsOf(parsed));
            }
        );
    }

    public LocalOptions OptionsOf(ParseResult parsed) =>
        new()
        {
            Fresh = parsed.GetValue(fresh),
            Demo = parsed.GetValue(demo),
            Model = parsed.GetValue(model),
            Data = parsed.GetValue(demo) && parsed.GetValue(shared.Data) is null ? LocalOptions.DemoData : shared.DataOf(parsed),
            Port = parsed.GetValue(port) ?? Defaults.Port,
            SearchPort = parsed.GetValue(searchPort) ?? Defaults.SearchPort,
            BlobPort = parsed.GetValue(blobPort) ?? Defaults.BlobPort,
            QueuePort = parsed.GetValue(queuePort) ?? Defaults.QueuePort,
            TablePort = parsed.GetValue(tablePort) ?? Defaults.TablePort,
            AllowedOrigins = parsed.GetValue(origin) ?? [],
            IndexingDelayMilliseconds = parsed.GetValue(indexingDelay),
            StopWithStandardInput = parsed.GetValue(shared.StopWithStandardInput),
        };

    private static NumberOption Port(string name, string description) => new(name, 0, ushort.MaxValue, description);

    private static Option<string> KeyOption()
    {
        var option = new Option<string>("--function-key") { Hidden = true };
        option.Validators.Add(result =>
            result.AddError(
                "Every program on the machine can read a key on a command line: "
                    + $"set the environment variable {LocalOptions.FunctionKeyVariable} instead."
            )
        );
        return option;
    }

    private void RefuseSamePorts(CommandResult result)
    {
        (NumberOption Option, int Default)[] ports =
        [
            (port, Defaults.Port),
            (searchPort, Defaults.SearchPort),
            (blobPort, Defaults.BlobPort),
            (queuePort, Defaults.QueuePort),
            (tablePort, Defaults.TablePort),
        ];
        var same = ports
            .Select(item => (item.Option.Name, Port: item.Option.Given(result) ?? item.Default))
            .Where(item => item.Port != 0)
            .GroupBy(item => item.Port)
            .FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            result.AddError($"{string.Join(" and ", same.Select(item => item.Name))} are the same port, {same.Key}.");
        }
    }
}
