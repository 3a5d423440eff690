namespace Local;

internal sealed record LocalOptions
{
    /// <summary>Start with no images, no index and no messages.</summary>
    public bool Fresh { get; init; }

    /// <summary>Load the sample pictures.</summary>
    public bool Demo { get; init; }

    /// <summary>A name of the catalogue, a repository of the hub or a folder; absent leaves it to the settings.</summary>
    public string? Model { get; init; }

    public string Data { get; init; } = Path.Combine(BuiltPrograms.RepositoryRoot, ".local");

    /// <summary>The sample pictures have a folder of their own, so that they never get among a person's own.</summary>
    public static string DemoData { get; } = Path.Combine(BuiltPrograms.RepositoryRoot, ".local-demo");

    // 0 means any free port.
    public int Port { get; init; } = 7071;

    public int SearchPort { get; init; } = 7072;

    public int BlobPort { get; init; } = 10000;

    public int QueuePort { get; init; } = 10001;

    public int TablePort { get; init; } = 10002;

    /// <summary>How long a written document stays invisible to searches, as in Azure; null leaves it to the emulator.</summary>
    public int? IndexingDelayMilliseconds { get; init; }

    /// <summary>Origins whose pages may call the API.</summary>
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];

    /// <summary>The key that the host requires of callers, as in Azure; null leaves everything open.</summary>
    public string? FunctionKey { get; init; } = Environment.GetEnvironmentVariable(FunctionKeyVariable) is { Length: > 0 } key ? key : null;

    public const string FunctionKeyVariable = "LOCAL_FUNCTION_KEY";

    /// <summary>Stop when standard input ends, so that a test that crashes takes its stack along.</summary>
    public bool StopWithStandardInput { get; init; }

    public IEnumerable<(string Option, int Port)> Ports =>
        [
            ("--port", Port),
            ("--search-port", SearchPort),
            ("--blob-port", BlobPort),
            ("--queue-port", QueuePort),
            ("--table-port", TablePort),
        ];
}
