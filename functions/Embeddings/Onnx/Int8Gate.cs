using System.Globalization;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Tokenization;
using Serverless.Imaging;

namespace Serverless.Embeddings.Onnx;

/// <summary>Accepts quantised graphs only if their vectors agree with the full ones', measured on this machine at start.</summary>
internal sealed class Int8Gate(string folder, PreprocessorConfig config, TextTokenizer tokenizer, EmbeddingOptions options)
{
    private const int Pictures = 6;
    private const int Side = 256;

    private static readonly string[] Texts =
    [
        "a photo of a dog",
        "a red car in front of a house",
        "two people on a beach at sunset",
        "blue and white pattern",
    ];

    /// <returns>The mean cosine between the two, of pictures or of texts, whichever is lower.</returns>
    public double Check(VisionGraph vision, TextGraph text)
    {
        foreach (var path in (string[])[vision.Path, text.Path])
        {
            if (OnnxWeights.AreUnsigned(path))
            {
                throw new ModelException(
                    path,
                    "its weights are unsigned 8-bit numbers, which run at half the speed of signed ones; int8 needs a graph with signed "
                        + "weights."
                );
            }
        }

        var full = ModelFolder.Open(folder, ModelPrecision.Full);
        var (pictures, texts) = (Images(full, vision), Sentences(full, text));
        var lowest = Math.Min(pictures, texts);
        return lowest >= options.MinAgreement
            ? lowest
            : throw new ModelException(
                pictures <= texts ? vision.Path : text.Path,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"its vectors agree with the full graph's only at a mean cosine of {lowest:0.0000}, and "
                        + $"{EmbeddingOptions.Section}:{nameof(options.MinAgreement)} is {options.MinAgreement:0.####}. Use fp32."
                )
            );
    }

    private double Images(ModelFiles files, VisionGraph quantised)
    {
        using var full = new VisionGraph(files.Vision, config, options, files.Description);
        return Enumerable
            .Range(0, Pictures)
            .Average(seed =>
            {
                var pixels = new float[full.Preprocessor.Length];
                full.Preprocessor.Fill(Picture(seed), pixels);
                return Cosine(full.Embed(pixels, 1)[0].Vector.Span, quantised.Embed(pixels, 1)[0].Vector.Span);
            });
    }

    private double Sentences(ModelFiles files, TextGraph quantised)
    {
        using var full = new TextGraph(files, tokenizer, options);
        return Texts.Average(text => Cosine(full.Embed([text])[0].Span, quantised.Embed([text])[0].Span));
    }

    /// <summary>Waves of colour with some grain: smooth and rough areas, like a photo.</summary>
    private static Pixels Picture(int seed)
    {
        var random = new Random(seed);
        var rgb = new byte[Side * Side * 3];
        var waves = Enumerable
            .Range(0, 3)
            .Select(_ => (X: random.NextDouble() * 0.1, Y: random.NextDouble() * 0.1, Phase: random.NextDouble() * 6))
            .ToArray();
        for (var i = 0; i < rgb.Length; i++)
        {
            var (x, y, wave) = (i / 3 % Side, i / 3 / Side, waves[i % 3]);
            rgb[i] = (byte)Math.Clamp(128 + (100 * Math.Sin((x * wave.X) + (y * wave.Y) + wave.Phase)) + random.Next(-20, 21), 0, 255);
        }

        return new Pixels(rgb, Side, Side, new Extent(0, 0, Side, Side), Side, Side);
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum;
    }
}
