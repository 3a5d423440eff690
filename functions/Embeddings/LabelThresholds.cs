using System.Text.Json;

namespace Serverless.Embeddings;

/// <summary>
/// The labels that a model has been measured to know, with the least certainty of each:
/// <c>{"scale": 34, "style": {"photo": 0.5}, "objects": {"cat": 0.4}}</c>. A certainty is the softmax of <c>scale</c> times the cosines
/// with all labels of a kind. Where the words of a model do not tell styles, <c>styleHead</c> has weights of its picture vectors instead,
/// the last of each being the offset: then the certainty of a style is the softmax of these sums.
/// </summary>
public sealed class LabelThresholds
{
    private static readonly string[] Kinds = ["style", "objects"];

    private readonly Dictionary<string, double> least = new(StringComparer.Ordinal);

    private LabelThresholds(double scale, string version) => (Scale, Version) = (scale, version);

    public double Scale { get; }

    /// <summary>Weights by style, one more than the vector has elements; empty where words tell styles.</summary>
    public IReadOnlyDictionary<string, float[]> StyleHead { get; private init; } = new Dictionary<string, float[]>();

    /// <summary>Changes with every change of a number.</summary>
    public string Version { get; }

    /// <returns>Null where the model does not know the label.</returns>
    public double? Of(string kind, string label) => least.TryGetValue($"{kind}/{label}", out var certainty) ? certainty : null;

    /// <exception cref="ModelException">A number is missing or makes no sense.</exception>
    internal static LabelThresholds Read(string path, JsonElement json)
    {
        var version = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(json)))[
            ..8
        ];
        var thresholds = new LabelThresholds(Number(path, json, "scale", 1, 1000), version) { StyleHead = Head(path, json) };
        foreach (var kind in Kinds.Where(kind => json.TryGetProperty(kind, out _)))
        {
            foreach (var label in json.GetProperty(kind).EnumerateObject())
            {
                thresholds.least[$"{kind}/{label.Name}"] = Number(path, json.GetProperty(kind), label.Name, 0, 1);
            }
        }

        return thresholds;
    }

    private static Dictionary<string, float[]> Head(string path, JsonElement json)
    {
        try
        {
            return json.TryGetProperty("styleHead", out var head) ? head.Deserialize<Dictionary<string, float[]>>() ?? [] : [];
        }
        catch (JsonException)
        {
            throw new ModelException(path, "'styleHead' of the labels must have a list of numbers for each style.");
        }
    }

    private static double Number(string path, JsonElement json, string name, double least, double most) =>
        json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.GetDouble() is var number
        && number >= least
        && number <= most
            ? number
            : throw new ModelException(path, $"'{name}' of the labels must be a number from {least} to {most}.");
}
