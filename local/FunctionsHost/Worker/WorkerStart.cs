namespace FunctionsHost.Worker;

/// <summary>How to start a worker.</summary>
/// <param name="App">The app root: the folder with host.json, worker.config.json and the app's assembly.</param>
/// <param name="Settings">App settings, as environment variables on top of this process's own; null removes one.</param>
/// <param name="Output">Receives each line of standard output and standard error.</param>
/// <param name="Log">Receives level, category and message of the app's log.</param>
internal sealed record WorkerStart(
    string App,
    IReadOnlyDictionary<string, string?> Settings,
    Action<string> Output,
    Action<LogLevel, string, string> Log
);
