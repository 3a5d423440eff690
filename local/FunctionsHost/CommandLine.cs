using System.Globalization;

namespace FunctionsHost;

/// <summary>The command line.</summary>
internal sealed record CommandLine
{
    public const string Usage = """
        Runs the functions that host.json and */function.json declare, by the custom handler contract.

        dotnet FunctionsHost.dll --app DIR [options]
          --app DIR            the app root: the folder that holds host.json
          --port N             loopback port to listen on (default 7071; 0 picks a free one)
          --base64             send blob triggers the bytes, also where the binding supports deferred binding
          --stop-with-stdin    stop when standard input reaches its end
        App settings are environment variables, for instance AzureWebJobsStorage. Where LOCAL_FUNCTION_KEY or Access__SearchKey,
        Access__OperateKey or Access__DeleteKey are set, one of them is demanded (x-functions-key or ?code=) of functions that are
        not anonymous.
        """;

    public required string App { get; init; }
    public int Port { get; init; } = 7071;
    public bool Base64 { get; init; }
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
                "--base64" => options with { Base64 = true },
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
