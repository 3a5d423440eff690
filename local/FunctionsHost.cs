using System.Globalization;

namespace Local;

internal static class FunctionsHost
{
    public static ChildCommand Command(LocalOptions options, IReadOnlyDictionary<string, string> settings) => new(
        "Functions host", "functions", BuiltPrograms.DotNet,
        [
            BuiltPrograms.FunctionsHost, "--app", BuiltPrograms.FunctionApp,
            "--port", options.Port.ToString(CultureInfo.InvariantCulture), "--stop-with-stdin",
            .. options.FunctionKey is { } key ? (string[])["--function-key", key] : [],
        ])
    {
        Settings = settings,
    };

    /// <summary>Reads "ready http://127.0.0.1:7071".</summary>
    public static Uri? Readiness(string line) =>
        line.StartsWith("ready ", StringComparison.Ordinal) && Uri.TryCreate(line["ready ".Length..].Trim(), UriKind.Absolute, out var url)
            ? url
            : null;
}
