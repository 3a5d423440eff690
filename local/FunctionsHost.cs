using System.Globalization;

namespace Local;

internal static class FunctionsHost
{
    public static ChildCommand Command(LocalOptions options, IReadOnlyDictionary<string, string> settings) =>
        new(
            "Functions host",
            "functions",
            BuiltPrograms.DotNet,
            [
                BuiltPrograms.FunctionsHost,
                "--app",
                BuiltPrograms.FunctionApp,
                "--port",
                options.Port.ToString(CultureInfo.InvariantCulture),
                "--stop-with-stdin",
            ]
        )
        {
            // Not an argument: every program on the machine can read those.
            Settings = options.FunctionKey is { } key
                ? new Dictionary<string, string>(settings) { [LocalOptions.FunctionKeyVariable] = key }
                : settings,
        };

    /// <summary>Reads "ready http://127.0.0.1:7071".</summary>
    public static Uri? Readiness(string line) =>
        line.StartsWith("ready ", StringComparison.Ordinal) && Uri.TryCreate(line["ready ".Length..].Trim(), UriKind.Absolute, out var url)
            ? url
            : null;
}
