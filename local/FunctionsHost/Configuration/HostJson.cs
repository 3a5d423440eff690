namespace FunctionsHost.Configuration;

internal sealed record BlobOptions(int MaxDegreeOfParallelism, int PoisonBlobThreshold);

internal sealed record QueueOptions(
    int BatchSize, int NewBatchThreshold, int MaxDequeueCount, TimeSpan VisibilityTimeout, TimeSpan MaxPollingInterval, bool Base64);

internal sealed record HandlerDescription(
    string Executable, IReadOnlyList<string> Arguments, string WorkingDirectory, int Port, TimeSpan InitializationTimeout);

/// <summary>What host.json says. What it may say and this host does not do is refused by name.</summary>
internal sealed record HostJson
{
    public const string FileName = "host.json";

    public required HandlerDescription Handler { get; init; }
    public required TimeSpan FunctionTimeout { get; init; }
    public required string RoutePrefix { get; init; }
    public required BlobOptions Blobs { get; init; }
    public required QueueOptions Queues { get; init; }
    public required IReadOnlyList<string> Functions { get; init; }
    public required IReadOnlyDictionary<string, LogLevel> LogLevels { get; init; }

    public static HostJson Load(string appRoot)
    {
        var path = Path.Combine(appRoot, FileName);
        if (!File.Exists(path))
        {
            throw new HostException($"{FileName} is missing in {appRoot}: --app must name the app root.");
        }

        var root = JsonSection.Load(path, FileName);
        if (root.RequiredText("version") != "2.0")
        {
            throw root.Wrong("version", "\"2.0\"");
        }

        // The bundle is our own code here; the others steer the service that runs the host in Azure.
        root.Accept("$schema", "extensionBundle", "healthMonitor", "aggregator", "singleton", "watchDirectories", "watchFiles");
        var extensions = root.Section("extensions");
        var http = extensions.Section("http");
        var host = new HostJson
        {
            Handler = ReadHandler(root.Section("customHandler")),
            FunctionTimeout = ReadTimeout(root),
            RoutePrefix = (http.Text("routePrefix") ?? "api").Trim('/'),
            Blobs = ReadBlobs(extensions.Section("blobs")),
            Queues = ReadQueues(extensions.Section("queues")),
            Functions = root.Texts("functions"),
            LogLevels = ReadLogLevels(root.Section("logging")),
        };
        http.RefuseOthers();
        extensions.RefuseOthers();
        root.RefuseOthers();
        return host;
    }

    private static HandlerDescription ReadHandler(JsonSection handler)
    {
        if (!handler.Flag("enableProxyingHttpRequest"))
        {
            throw handler.Error("'customHandler.enableProxyingHttpRequest' must be true: this host only proxies HTTP requests, "
                + "it does not wrap them in the custom handler payload.");
        }

        handler.Accept("enableForwardingHttpRequest"); // Proxying wins where both are set.
        var description = handler.Section("description");
        var read = new HandlerDescription(
            description.RequiredText("defaultExecutablePath"),
            description.Texts("arguments"),
            description.Text("workingDirectory") ?? "",
            handler.Number("port", fallback: 0, min: 1, max: 65535),
            handler.Duration("initializationTimeout", TimeSpan.FromSeconds(30)));
        description.RefuseOthers();
        handler.RefuseOthers();
        return read;
    }

    private static TimeSpan ReadTimeout(JsonSection root)
    {
        if (root.Has("functionTimeout") && root.Text("functionTimeout") is "-1")
        {
            return Timeout.InfiniteTimeSpan;
        }

        var timeout = root.Duration("functionTimeout", TimeSpan.FromMinutes(30));
        return timeout > TimeSpan.Zero ? timeout : throw root.Wrong("functionTimeout", "longer than zero");
    }

    private static BlobOptions ReadBlobs(JsonSection blobs)
    {
        var options = new BlobOptions(
            blobs.Number("maxDegreeOfParallelism", 8 * Environment.ProcessorCount, 1, 1000),
            blobs.Number("poisonBlobThreshold", 5, 1, 1000));
        blobs.RefuseOthers();
        return options;
    }

    private static QueueOptions ReadQueues(JsonSection queues)
    {
        var batchSize = queues.Number("batchSize", 16, 1, 32);
        var options = new QueueOptions(
            batchSize,
            queues.Number("newBatchThreshold", batchSize / 2, 0, 1000),
            queues.Number("maxDequeueCount", 5, 1, 1000),
            queues.Duration("visibilityTimeout", TimeSpan.Zero),
            queues.Duration("maxPollingInterval", TimeSpan.FromMinutes(1)),
            (queues.Text("messageEncoding") ?? "base64").ToLowerInvariant() switch
            {
                "base64" => true,
                "none" => false,
                _ => throw queues.Wrong("messageEncoding", "\"base64\" or \"none\""),
            });
        queues.RefuseOthers();
        return options;
    }

    private static Dictionary<string, LogLevel> ReadLogLevels(JsonSection logging)
    {
        logging.Accept("applicationInsights", "console", "fileLoggingMode"); // Sinks that this host does not have.
        var levels = logging.Section("logLevel");
        logging.RefuseOthers();
        return levels.Names.ToDictionary(name => name, name => Enum.TryParse<LogLevel>(levels.Text(name), ignoreCase: true, out var level)
            ? level
            : throw levels.Wrong(name, "a log level such as \"Information\""));
    }
}
