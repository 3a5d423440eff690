using System.Globalization;
using FunctionsHost.Diagnostics;

namespace FunctionsHost;

/// <summary>The command line.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        Runs a .NET isolated function app: its triggers by the listeners of the WebJobs SDK, its HTTP functions on a loopback port.

        dotnet FunctionsHost.dll --app DIR [options]
          --app DIR            the app root: the output of the app's build, with host.json, worker.config.json and functions.metadata
          --port N             loopback port to listen on (default 7071; 0 picks a free one)
          --stop-with-stdin    stop when standard input reaches its end
        App settings are environment variables, for instance AzureWebJobsStorage. Where LOCAL_FUNCTION_KEY or Access__SearchKey,
        Access__OperateKey or Access__DeleteKey are set, one of them is demanded (x-functions-key or ?code=) of functions that are
        not anonymous. POST /runtime/webhooks/blobs?functionName=Host.Functions.NAME takes the events of Event Grid, with LOCAL_WEBHOOK_KEY
        as its key where that is set.
        """;

    public required string App { get; init; }
    public int Port { get; init; } = 7071;
    public bool StopWithStdin { get; init; }

    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var options = new CommandLine { App = "" };
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new HostException($"{args[i - 1]} needs a value.");
            options = args[i] switch
            {
                "--app" => options with { App = Value() },
                "--port" => options with { Port = ParsePort(Value()) },
                "--stop-with-stdin" => options with { StopWithStdin = true },
                var other => throw new HostException($"Unknown option '{other}'. Try --help."),
            };
        }

        return options.App.Length > 0 ? options : throw new HostException("--app DIR is missing. Try --help.");
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
            ? port
            : throw new HostException($"--port must be a number from 0 to 65535, but is '{text}'.");
}
