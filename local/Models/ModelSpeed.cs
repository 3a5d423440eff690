using System.Text.Json;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;

namespace Local.Models;

/// <summary>
/// How fast the graphs of a model are on this machine, with one thread: measured after a pull, and kept beside its files.
/// </summary>
/// <param name="Image">Milliseconds for a picture that is decoded and resized already.</param>
/// <param name="Text">Milliseconds for a short text.</param>
internal sealed record ModelSpeed(double Image, double Text)
{
    private const string FileName = "measured.json";
    private const int Times = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>Null if it was not measured.</returns>
    public static ModelSpeed? Read(string folder, string precision) => ReadAll(folder).GetValueOrDefault(precision);

    /// <summary>Measures the full graphs of a model, unless that was done.</summary>
    public static void Measure(string folder)
    {
        if (Read(folder, ModelPrecision.Full) is null)
        {
            using var model = Open(folder, ModelPrecision.Full);
            Measure(model, folder, ModelPrecision.Full);
        }
    }

    /// <summary>Measures an open model, unless that was done.</summary>
    public static void Measure(OnnxModel model, string folder, string precision)
    {
        var known = ReadAll(folder);
        if (known.ContainsKey(precision))
        {
            return;
        }

        var pixels = new float[model.Vision.Preprocessor.Length];
        known[precision] = new ModelSpeed(
            Median(() => model.Vision.Embed(pixels, 1)),
            Median(() => model.Text.Embed(["a dog on the beach at sunset"]))
        );
        File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(known, Json) + "\n");
    }

    /// <summary>Opens a model, however well its quantised graphs agree.</summary>
    public static OnnxModel Open(string folder, string precision) =>
        new(
            folder,
            new EmbeddingOptions
            {
                Model = folder,
                Precision = precision,
                MinAgreement = -1,
            }
        );

    private static double Median(Action run)
    {
        var clock = TimeProvider.System;
        var taken = Enumerable
            .Range(0, Times)
            .Select(_ =>
            {
                var started = clock.GetTimestamp();
                run();
                return clock.GetElapsedTime(started).TotalMilliseconds;
            })
            .Order()
            .ToList();
        return Math.Round(taken[Times / 2], 1);
    }

    private static Dictionary<string, ModelSpeed> ReadAll(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, ModelSpeed>>(File.ReadAllBytes(path), Json) ?? [] : [];
        }
        catch (JsonException)
        {
            return []; // measured anew
        }
    }
}
