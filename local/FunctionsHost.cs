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
            // Not arguments: every program on the machine can read those.
            Settings = new Dictionary<string, string>([.. settings, .. Own(options)]),
        };

    private static IEnumerable<KeyValuePair<string, string>> Own(LocalOptions options)
    {
        yield return new(DemoCollection.Variable, DemoCollection.Folder);
        if (options.FunctionKey is { } key)
        {
            yield return new(LocalOptions.FunctionKeyVariable, key);
        }
    }

    /// <summary>Reads "ready http://127.0.0.1:7071".</summary>
    public static Uri? Readiness(string line) =>
        line.StartsWith("ready ", StringComparison.Ordinal) && Uri.TryCreate(line["ready ".Length..].Trim(), UriKind.Absolute, out var url)
            ? url
            : null;
}
