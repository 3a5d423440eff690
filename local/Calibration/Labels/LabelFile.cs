using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Embeddings;
using Serverless.Images;

namespace Local.Calibration.Labels;

/// <summary>
/// Writes thresholds of labels into a model's thresholds.json. Labels that were not measured keep theirs; measured ones that are not right
/// often enough lose them.
/// </summary>
internal static class LabelFile
{
    /// <exception cref="ModelException">The file holds something else.</exception>
    public static void Write(string file, LabelMeasurement measured)
    {
        var root = Read(file);
        Add(root, measured);
        ThresholdFile.Save(file, root);
    }

    /// <param name="root">The content of a thresholds.json.</param>
    public static void Add(JsonObject root, LabelMeasurement measured)
    {
        var labels = root["labels"] as JsonObject ?? [];
        labels["scale"] = measured.Scale;
        foreach (var label in measured.Figures)
        {
            var kind = Names.Of(label.Kind);
            var known = labels[kind] as JsonObject ?? [];
            known.Remove(label.Name);
            if (label.Threshold is { } threshold)
            {
                known[label.Name] = threshold;
            }

            labels[kind] = known.Parent is null ? known : labels[kind];
        }

        root["labels"] = labels.Parent is null ? labels : root["labels"];
    }

    private static JsonObject Read(string file)
    {
        if (Path.GetFileName(file) != ModelThresholds.FileName)
        {
            throw new ModelException(file, $"thresholds of labels are read from a model's {ModelThresholds.FileName} only.");
        }

        try
        {
            return File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) as JsonObject ?? throw new JsonException() : [];
        }
        catch (JsonException)
        {
            throw new ModelException(file, "it is not a JSON object.");
        }
    }
}
