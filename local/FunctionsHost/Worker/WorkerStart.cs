using FunctionsHost.Worker.Protocol;

namespace FunctionsHost.Worker;

/// <summary>What a worker is started from.</summary>
/// <param name="App">The app root: the folder with host.json, worker.config.json and the app's assembly.</param>
/// <param name="Settings">App settings, as environment variables on top of this process's own; null takes one away.</param>
/// <param name="Output">Gets each line of standard output and standard error, and of the log where <paramref name="Log"/> is null.</param>
/// <param name="Log">Gets what the app logs.</param>
internal sealed record WorkerStart(
    string App,
    IReadOnlyDictionary<string, string?> Settings,
    Action<string> Output,
    Action<RpcLog>? Log = null
);
