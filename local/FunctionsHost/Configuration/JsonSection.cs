using System.Globalization;
using System.Text.Json;

namespace FunctionsHost.Configuration;

/// <summary>A JSON object of a configuration file, read strictly: what nobody asked for is refused by name.</summary>
internal sealed class JsonSection(string file, string path, JsonElement element)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
    private readonly HashSet<string> _known = [];

    public static JsonSection Load(string path, string displayName)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonSection(displayName, "", document.RootElement.Clone())
                : throw new HostException($"{displayName}: a JSON object is expected.");
        }
        catch (JsonException e)
        {
            throw new HostException($"{displayName}: malformed JSON in line {e.LineNumber + 1}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"{displayName}: cannot be read: {e.Message}");
        }
    }

    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Wrong(name, "a string"),
    };

    public string RequiredText(string name) =>
        Text(name) is { Length: > 0 } text ? text : throw Error($"'{Path(name)}' is missing.");

    public bool Flag(string name, bool fallback = false) => Find(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name, "true or false"),
    };

    public int Number(string name, int fallback, int min, int max) => Find(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number >= min && number <= max => number,
        _ => throw Wrong(name, $"a whole number from {min} to {max}"),
    };

    public TimeSpan Duration(string name, TimeSpan fallback) => Text(name) switch
    {
        null => fallback,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero => duration,
        _ => throw Wrong(name, "a time such as \"00:00:30\""),
    };

    public IReadOnlyList<string> Texts(string name) => [.. Array(name).Select(item => item.ValueKind == JsonValueKind.String
        ? item.GetString()!
        : throw Wrong(name, "an array of strings"))];

    public JsonSection Section(string name) => Find(name) switch
    {
        null => new JsonSection(file, Path(name), JsonDocument.Parse("{}").RootElement),
        { ValueKind: JsonValueKind.Object } value => new JsonSection(file, Path(name), value),
        _ => throw Wrong(name, "an object"),
    };

    public IReadOnlyList<JsonSection> Sections(string name) => [.. Array(name).Select((item, i) => item.ValueKind == JsonValueKind.Object
        ? new JsonSection(file, $"{Path(name)}[{i}]", item)
        : throw Wrong(name, "an array of objects"))];

    public bool Has(string name) => Find(name) is not null;

    public IEnumerable<string> Names => element.EnumerateObject().Select(p => p.Name);

    /// <summary>Accepts properties that mean something in Azure and nothing on one machine.</summary>
    public void Accept(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }
    }

    public void RefuseOthers()
    {
        foreach (var name in Names.Where(name => !_known.Contains(name)))
        {
            throw Error($"'{Path(name)}' is not supported by this host.");
        }
    }

    public HostException Error(string message) => new($"{file}: {message}");

    public HostException Wrong(string name, string expected) =>
        Error($"'{Path(name)}' must be {expected}, but is {element.GetProperty(name).GetRawText()}.");

    private JsonElement.ArrayEnumerator Array(string name) => Find(name) switch
    {
        null => default,
        { ValueKind: JsonValueKind.Array } value => value.EnumerateArray(),
        _ => throw Wrong(name, "an array"),
    };

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
