using System.Globalization;
using SearchEmulator.Errors;
using SearchEmulator.Faults;

namespace SearchEmulator;

/// <summary>The command line.</summary>
internal sealed record EmulatorOptions
{
    public const string Usage = """
        dotnet SearchEmulator.dll [options]
          --port N                 https port on 127.0.0.1 (default 7072; 0 picks a free one)
          --http-port N            also listen on plain http (off by default; 0 picks a free one)
          --data DIR               where indexes and the certificate are kept (default .local/search)
          --admin-key KEY          default local-search-admin-key
          --query-key KEY          default local-search-query-key
          --accept-any-bearer      take any bearer token as an administrator's
          --indexing-delay-ms N    how long a write stays invisible to searches (default 0)
          --max-batch N            actions per batch (default 1000)
          --strict                 refuse unknown properties of index definitions instead of keeping them
          --fault SPEC             play a failure, e.g. status=503,operation=search,every=3,retry-after=1 (repeatable; see README)
          --request-log FILE       append one line of JSON per request
          --import FILE            create the indexes of an export that are not there yet
          --export FILE            write all indexes to a file and exit
          --stop-with-stdin        stop when the standard input ends
        """;

    public int Port { get; init; } = 7072;

    public int? HttpPort { get; init; }

    public string Data { get; init; } = Path.Combine(".local", "search");

    public string AdminKey { get; init; } = "local-search-admin-key";

    public string QueryKey { get; init; } = "local-search-query-key";

    public bool AcceptAnyBearer { get; init; }

    public TimeSpan IndexingDelay { get; init; }

    public int MaxBatch { get; init; } = 1000;

    public bool Strict { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public string? RequestLog { get; init; }

    public string? Import { get; init; }

    public string? Export { get; init; }

    public bool StopWithStdin { get; init; }

    public static EmulatorOptions Parse(IReadOnlyList<string> args)
    {
        var options = new EmulatorOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            string Value() => ++i < args.Count ? args[i] : throw new UsageException($"{name} needs a value.");
            options = name switch
            {
                "--port" => options with { Port = Number(name, Value(), 0, 65535) },
                "--http-port" => options with { HttpPort = Number(name, Value(), 0, 65535) },
                "--data" => options with { Data = Value() },
                "--admin-key" => options with { AdminKey = NotEmpty(name, Value()) },
                "--query-key" => options with { QueryKey = NotEmpty(name, Value()) },
                "--accept-any-bearer" => options with { AcceptAnyBearer = true },
                "--indexing-delay-ms" => options with { IndexingDelay = TimeSpan.FromMilliseconds(Number(name, Value(), 0, 3_600_000)) },
                "--max-batch" => options with { MaxBatch = Number(name, Value(), 1, 100_000) },
                "--strict" => options with { Strict = true },
                "--fault" => options with { Faults = [.. options.Faults, Fault.Parse(Value())] },
                "--request-log" => options with { RequestLog = Value() },
                "--import" => options with { Import = Value() },
                "--export" => options with { Export = Value() },
                "--stop-with-stdin" => options with { StopWithStdin = true },
                _ => throw new UsageException($"{name} is not an option.\n{Usage}"),
            };
        }

        return options;
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"{name} is '{text}'. It must be a whole number from {least} to {most}.")
            );

    private static string NotEmpty(string name, string text) =>
        text.Length > 0 ? text : throw new UsageException($"{name} must not be empty.");
}
