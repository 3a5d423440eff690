using System.Text.Json;

namespace Serverless.Embeddings;

/// <summary>When a picture clearly matches words, for one model.</summary>
/// <param name="Similarity">At or above this cosine,</param>
/// <param name="Lead">or this far ahead of the tenth nearest.</param>
public sealed record TextClarity(double Similarity, double Lead);

/// <summary>Calibrated cosines of one model, for the vector of the near-duplicate search.</summary>
/// <param name="Duplicate">At or above this, two pictures may be copies.</param>
/// <param name="CandidateSearch">At or above this, pictures are compared by their pixels.</param>
public sealed record ModelThresholds(double Duplicate, double CandidateSearch)
{
    /// <summary>When words clearly describe a picture; null if not calibrated.</summary>
    public TextClarity? Text { get; init; }

    /// <summary>The labels that the model knows; null if not calibrated.</summary>
    public LabelThresholds? Labels { get; init; }

    internal const string FileName = "thresholds.json";

    /// <summary>The setting that goes before <see cref="Duplicate"/>.</summary>
    internal const string Setting = "Duplicates:Threshold";

    /// <summary>False if nobody has measured the model: then only near identity counts as alike.</summary>
    public bool IsCalibrated { get; init; } = true;

    public static ModelThresholds Uncalibrated { get; } = new(0.99, 0.95) { IsCalibrated = false };

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
        var labels = json.RootElement.TryGetProperty("labels", out var known) ? LabelThresholds.Read(path, known) : null;
        if (!json.RootElement.TryGetProperty(output, out var entry))
        {
            return Uncalibrated with { Text = text, Labels = labels };
        }

        var duplicate = Cosine(path, entry, "duplicate") ?? Uncalibrated.Duplicate;
        var candidates = Cosine(path, entry, "candidateSearch") ?? duplicate - 0.05;
        return candidates <= duplicate
            ? new ModelThresholds(duplicate, candidates) { Text = text, Labels = labels }
            : throw new ModelException(path, $"candidateSearch of {output} is above its duplicate threshold; it must not be.");
    }

    private static double? Cosine(string path, JsonElement entry, string name) =>
        !entry.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= -1 and <= 1 ? value.GetDouble()
        : throw new ModelException(path, $"{name} is {value.GetRawText()}; a number from -1 to 1 is allowed.");
}
