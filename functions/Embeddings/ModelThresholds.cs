using System.Text.Json;

namespace Serverless.Embeddings;

/// <summary>Cosines that mean something for one model, on the vector that the search for copies uses.</summary>
/// <param name="Duplicate">From here on two pictures may be copies.</param>
/// <param name="CandidateSearch">From here on a picture is worth comparing by its pixels.</param>
public sealed record ModelThresholds(double Duplicate, double CandidateSearch)
{
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
        if (!json.RootElement.TryGetProperty(output, out var entry))
        {
            return Uncalibrated;
        }

        var duplicate = Cosine(path, entry, "duplicate") ?? Uncalibrated.Duplicate;
        var candidates = Cosine(path, entry, "candidateSearch") ?? duplicate - 0.05;
        return candidates <= duplicate
            ? new ModelThresholds(duplicate, candidates)
            : throw new ModelException(path, $"candidateSearch of {output} is above its duplicate threshold; it must not be.");
    }

    private static double? Cosine(string path, JsonElement entry, string name) =>
        !entry.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= -1 and <= 1 ? value.GetDouble()
        : throw new ModelException(path, $"{name} is {value.GetRawText()}; a number from -1 to 1 is allowed.");
}
