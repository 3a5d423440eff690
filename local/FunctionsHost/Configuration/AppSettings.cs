using System.Collections;
using System.Text.RegularExpressions;

namespace FunctionsHost.Configuration;

/// <summary>App settings: the environment, read without regard to case, with <c>__</c> and <c>:</c> meaning the same.</summary>
internal sealed partial class AppSettings
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public AppSettings(IEnumerable<KeyValuePair<string, string>> values)
    {
        foreach (var (name, value) in values)
        {
            _values[Normalise(name)] = value;
        }
    }

    public static AppSettings FromEnvironment() => new(Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>The value, or null where the setting is absent or empty.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(Normalise(name)) is { Length: > 0 } value ? value : null;

    public bool HasSection(string name) =>
        _values.Keys.Any(key => key.StartsWith(Normalise(name) + ":", StringComparison.OrdinalIgnoreCase));

    /// <summary>Replaces each <c>%NAME%</c>; a setting that is not there is an error of the named file.</summary>
    public string Resolve(string text, string file) => Placeholder().Replace(text, match =>
        Find(match.Groups[1].Value)
        ?? throw new HostException($"{file}: '{text}' names the app setting '{match.Groups[1].Value}', which is not set."));

    private static string Normalise(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Placeholder();
}
