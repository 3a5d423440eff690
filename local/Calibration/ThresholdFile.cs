using System.Text.Json;
using System.Text.Json.Nodes;
using Local.Calibration.Labels;
using Local.Calibration.Words;
using Serverless.Embeddings;

namespace Local.Calibration;

/// <summary>Writes recommended thresholds where the app reads them: a settings file with "Values", or a model's thresholds.json.</summary>
internal static class ThresholdFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="words">Only a model's file has a place for these. What was not measured stays as it is.</param>
    /// <exception cref="ModelException">The file holds something else.</exception>
    public static void Write(string file, Recommendation recommendation, EmbeddingModel model, WordThresholds words)
    {
        var root = Read(file);
        if (Path.GetFileName(file) == ModelThresholds.FileName)
        {
            root[model.CopyDescriptorDimensions is null ? "image_embeds" : "instance_embeds"] = new JsonObject
            {
                ["duplicate"] = recommendation.Threshold,
                ["candidateSearch"] = recommendation.CandidateThreshold,
            };
            if (words.Text is { } text)
            {
                root["text"] = new JsonObject { ["similarity"] = text.Similarity, ["lead"] = text.Lead };
            }

            if (words.Labels is { } labels)
            {
                LabelFile.Add(root, labels);
            }
        }
        else
        {
            if (root["Values"] is not JsonObject values)
            {
                throw new ModelException(
                    file,
                    "it has no object \"Values\"; name a settings file such as local.settings.json, or a model's thresholds.json."
                );
            }

            values["Duplicates__Threshold"] = Number(recommendation.Threshold);
            values["Duplicates__CandidateThreshold"] = Number(recommendation.CandidateThreshold);
        }

        Save(file, root);
    }

    /// <summary>Replaces the file as a whole.</summary>
    public static void Save(string file, JsonObject root)
    {
        var temporary = file + ".new";
        File.WriteAllText(temporary, root.ToJsonString(Indented) + "\n");
        File.Move(temporary, file, overwrite: true);
    }

    private static JsonObject Read(string file)
    {
        if (!File.Exists(file))
        {
            return Path.GetFileName(file) == ModelThresholds.FileName
                ? []
                : new JsonObject { ["IsEncrypted"] = false, ["Values"] = new JsonObject() };
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(file), documentOptions: Lenient) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ModelException(
                file,
                "it is not a JSON object; name a settings file such as local.settings.json, or a model's thresholds.json."
            );
        }
    }

    private static string Number(double value) => value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture);
}
