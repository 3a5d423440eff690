using System.Text.Json;

namespace Serverless.Embeddings;

/// <summary>When a picture is clearly what words say, for one model.</summary>
/// <param name="Similarity">From this cosine on.</param>
/// <param name="Lead">Or by so much before the tenth of the nearest.</param>
public sealed record TextClarity(double Similarity, double Lead);

/// <summary>Cosines that mean something for one model, on the vector that the search for copies uses.</summary>
/// <param name="Duplicate">From here on two pictures may be copies.</param>
/// <param name="CandidateSearch">From here on a picture is worth comparing by its pixels.</param>
public sealed record ModelThresholds(double Duplicate, double CandidateSearch)
{
    /// <summary>What tells that words describe a picture; null where nobody measured it.</summary>
    public TextClarity? Text { get; init; }

    internal const string FileName = "thresholds.json";

    public static ModelThresholds Uncalibrated { get; } = new(0.99, 0.95);

    /// <summary>Reads <c>{"instance_embeds": {"duplicate": 0.91, "candidateSearch": 0.8}, …}</c>.</summary>
    internal static ModelThresholds Load(string folder, string output)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return Uncalibrated;
        }

        using var json = ModelFile.ReadJson(path);
        var text = json.RootElement.TryGetProperty("text", out var clarity)
            ? new TextClarity(Cosine(path, clarity, "similarity") ?? 1, Cosine(path, clarity, "lead") ?? 1)
            : null;
        if (!json.RootElement.TryGetProperty(output, out var entry))
        {
            return Uncalibrated with { Text = text };
        }

        var duplicate = Cosine(path, entry, "duplicate") ?? Uncalibrated.Duplicate;
        var candidates = Cosine(path, entry, "candidateSearch") ?? duplicate - 0.05;
        return candidates <= duplicate
            ? new ModelThresholds(duplicate, candidates) { Text = text }
            : throw new ModelException(path, $"candidateSearch of {output} is above its duplicate threshold; it must not be.");
    }

    private static double? Cosine(string path, JsonElement entry, string name) =>
        !entry.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= -1 and <= 1 ? value.GetDouble()
        : throw new ModelException(path, $"{name} is {value.GetRawText()}; a number from -1 to 1 is allowed.");
}
