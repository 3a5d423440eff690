using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Serverless.Features;
using Serverless.Imaging;
using Serverless.Labels;

namespace Bench.Embedding;

/// <summary>
/// Processor time of colours and composition, and of labels, beside an embedding by the bundled model, in turns in one process.
/// </summary>
internal static class FeaturePrice
{
    public const string Verb = "features";

    private const int Rounds = 9;

    /// <summary>Labels are told in microseconds, which one repetition does not measure.</summary>
    private const int LabelRepeats = 500;

    public static void Print(string modelFolder, string photos)
    {
        using var model = new OnnxModel(modelFolder, new EmbeddingOptions { Model = modelFolder });
        var decoding = new ImageDecoding { ShortSide = Math.Max(model.Vision.Preprocessor.ShortSide, Fingerprint.DecodedSide) };
        var reader = new ImageReader(
            Microsoft.Extensions.Options.Options.Create(new ImageLimits()),
            Microsoft.Extensions.Options.Options.Create(decoding)
        );
        CheckedImage[] images = [.. Directory.GetFiles(photos, "*.jpg").Order(StringComparer.Ordinal).Select(Checked)];
        using var workers = new BatchWorkers<string, ReadOnlyMemory<float>>(1, 1000, 32, model.Text.Embed);
        using var labeller = new Labeller(new OnnxTextEmbeddings(model, workers), model.Description);
        var vectors = images.ToDictionary(image => image, image => (ReadOnlyMemory<float>)model.Vision.Embed([image])[0].Vector.ToArray());
        Console.WriteLine($"Bundled model, {images.Length} photographs, processor time of one, medians of {Rounds} alternating rounds");
        var times = Enumerable
            .Range(0, Rounds + 1)
            .Select(_ => (Embed: Time(Embed), Print: Time(Fingerprints), Features: Time(Features), Labels: Time(Labels, LabelRepeats)));
        var kept = times.Skip(1).ToList();
        var embed = Measurement.Median(kept.Select(time => time.Embed));
        var features = Measurement.Median(kept.Select(time => time.Features));
        Console.WriteLine($"embedding, without decoding    {embed, 7:0.00} ms");
        Console.WriteLine($"fingerprint                    {Measurement.Median(kept.Select(time => time.Print)), 7:0.00} ms");
        Console.WriteLine($"colours and composition        {features, 7:0.00} ms");
        Console.WriteLine($"share of the embedding         {100 * features / embed, 7:0.0} % (aim: 15 or less)");
        var labels = Measurement.Median(kept.Select(time => time.Labels));
        Console.WriteLine($"labels                         {labels, 7:0.000} ms");
        Console.WriteLine($"share of the embedding         {100 * labels / embed, 7:0.00} % (aim: 1 or less)");

        CheckedImage Checked(string file)
        {
            var image = reader.Check(File.ReadAllBytes(file)).Image!;
            _ = image.Small;
            return image;
        }

        void Embed(CheckedImage image) => model.Vision.Embed([image]);
        void Fingerprints(CheckedImage image) => reader.Fingerprint(image);
        void Features(CheckedImage image) => PictureAnalysis.Of(image);
        void Labels(CheckedImage image) => _ = labeller.OfAsync(vectors[image], null, default).Result;

        double Time(Action<CheckedImage> work, int repeats = 5) =>
            Measurement
                .Measure(
                    images.Length * repeats,
                    () =>
                    {
                        for (var repeat = 0; repeat < repeats; repeat++)
                        {
                            Array.ForEach(images, image => work(image));
                        }
                    }
                )
                .CpuMs;
    }
}
