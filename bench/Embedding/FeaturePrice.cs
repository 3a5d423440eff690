using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Serverless.Features;
using Serverless.Imaging;

namespace Bench.Embedding;

/// <summary>Processor time of colours and composition beside an embedding by the bundled model, in turns in one process.</summary>
internal static class FeaturePrice
{
    public const string Verb = "features";

    private const int Rounds = 9;
    private const int Repeats = 5;

    public static void Print(string modelFolder, string photos)
    {
        using var model = new OnnxModel(modelFolder, new EmbeddingOptions { Model = modelFolder });
        var decoding = new ImageDecoding { ShortSide = Math.Max(model.Vision.Preprocessor.ShortSide, Fingerprint.DecodedSide) };
        var reader = new ImageReader(
            Microsoft.Extensions.Options.Options.Create(new ImageLimits()),
            Microsoft.Extensions.Options.Options.Create(decoding)
        );
        CheckedImage[] images = [.. Directory.GetFiles(photos, "*.jpg").Order(StringComparer.Ordinal).Select(Checked)];
        Console.WriteLine($"Bundled model, {images.Length} photographs, processor time of one, medians of {Rounds} alternating rounds");
        var times = Enumerable.Range(0, Rounds + 1).Select(_ => (Embed: Time(Embed), Print: Time(Fingerprints), Features: Time(Features)));
        var kept = times.Skip(1).ToList();
        var embed = Measurement.Median(kept.Select(time => time.Embed));
        var features = Measurement.Median(kept.Select(time => time.Features));
        Console.WriteLine($"embedding, without decoding    {embed, 7:0.00} ms");
        Console.WriteLine($"fingerprint                    {Measurement.Median(kept.Select(time => time.Print)), 7:0.00} ms");
        Console.WriteLine($"colours and composition        {features, 7:0.00} ms");
        Console.WriteLine($"share of the embedding         {100 * features / embed, 7:0.0} % (aim: 15 or less)");

        CheckedImage Checked(string file)
        {
            var image = reader.Check(File.ReadAllBytes(file)).Image!;
            _ = image.Small;
            return image;
        }

        void Embed(CheckedImage image) => model.Vision.Embed([image]);
        void Fingerprints(CheckedImage image) => reader.Fingerprint(image);
        void Features(CheckedImage image) => PictureAnalysis.Of(image);

        double Time(Action<CheckedImage> work) =>
            Measurement
                .Measure(
                    images.Length * Repeats,
                    () =>
                    {
                        for (var repeat = 0; repeat < Repeats; repeat++)
                        {
                            Array.ForEach(images, image => work(image));
                        }
                    }
                )
                .CpuMs;
    }
}
