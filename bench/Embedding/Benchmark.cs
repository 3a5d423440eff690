using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Serverless.Imaging;

namespace Bench.Embedding;

/// <summary>All measurements in alternating rounds, so that whatever else the machine does falls on all of them alike.</summary>
internal sealed class Benchmark : IDisposable
{
    private const int Batch = 8;
    private const int Texts = 40;

    private readonly byte[][] files;
    private readonly OnnxModel full;
    private readonly OnnxModel quantised;
    private readonly ImageReader reader;
    private readonly Peer fullPeer;
    private readonly Peer quantisedPeer;
    private readonly Dictionary<string, List<Cost>> costs = [];

    public Benchmark(string model, string photos, string script)
    {
        var paths = Directory.GetFiles(photos).Order(StringComparer.Ordinal).ToArray();
        files = [.. paths.Select(File.ReadAllBytes)];
        full = new OnnxModel(model, new EmbeddingOptions { Model = model });
        quantised = new OnnxModel(
            model,
            new EmbeddingOptions
            {
                Model = model,
                Precision = "int8",
                MinAgreement = 0,
            }
        );
        reader = new ImageReader(
            Microsoft.Extensions.Options.Options.Create(new ImageLimits()),
            Microsoft.Extensions.Options.Options.Create(new ImageDecoding { ShortSide = full.Vision.Preprocessor.ShortSide })
        );
        fullPeer = Peer.Start(script, model, photos, "fp32", files.Length);
        quantisedPeer = Peer.Start(script, model, photos, "int8", files.Length);
    }

    public async Task RunAsync(int rounds)
    {
        var pixels = new float[full.Vision.Preprocessor.Length * Batch];
        Decode();
        for (var round = 0; round < rounds; round++)
        {
            Add("decode", Measurement.Measure(files.Length, () => Decode()));
            Add("model fp32, batch 8", Measurement.Measure(2 * Batch, () => Repeat(2, () => full.Vision.Embed(pixels, Batch))));
            Add(
                "model fp32, batch 1",
                Measurement.Measure(Batch, () => Repeat(Batch, () => full.Vision.Embed(pixels.AsMemory(0, pixels.Length / Batch), 1)))
            );
            Add(
                "model int8, batch 1",
                Measurement.Measure(
                    2 * Batch,
                    () => Repeat(2 * Batch, () => quantised.Vision.Embed(pixels.AsMemory(0, pixels.Length / Batch), 1))
                )
            );
            Add("end to end fp32, 1 worker", await EndToEndAsync(full, 1, Batch));
            Add("peer fp32, 1 thread", fullPeer.Pass());
            Add("end to end int8, 1 worker", await EndToEndAsync(quantised, 1, 1));
            Add("peer int8, 1 thread", quantisedPeer.Pass());
            Add($"end to end fp32, {Environment.ProcessorCount} workers", await EndToEndAsync(full, Environment.ProcessorCount, Batch));
            Add($"end to end int8, {Environment.ProcessorCount} workers", await EndToEndAsync(quantised, Environment.ProcessorCount, 1));
            for (var i = 0; i < Texts; i++)
            {
                Add("text fp32", Measurement.Measure(1, () => full.Text.Embed(["a photo of a red car"])));
            }
        }

        Report.Print(costs, full.Vision.Preprocessor.Width, quantised.Agreement!.Value);
    }

    public void Dispose()
    {
        fullPeer.Dispose();
        quantisedPeer.Dispose();
        full.Dispose();
        quantised.Dispose();
    }

    private void Decode()
    {
        var pixels = new float[full.Vision.Preprocessor.Length];
        foreach (var file in files)
        {
            full.Vision.Preprocessor.Fill(reader.Check(file).Image!, pixels);
        }
    }

    /// <summary>As in the app: each worker takes what waits, checks and decodes it, and embeds it.</summary>
    private async Task<Cost> EndToEndAsync(OnnxModel model, int workerCount, int batch)
    {
        await using var workers = new BatchWorkers<byte[], ImageEmbedding>(
            workerCount,
            files.Length,
            batch,
            taken => model.Vision.Embed([.. taken.Select(file => reader.Check(file).Image!)])
        );
        return Measurement.Measure(files.Length, () => Task.WaitAll(files.Select(file => workers.RunAsync(file, CancellationToken.None))));
    }

    private void Add(string name, Cost cost)
    {
        if (!costs.TryGetValue(name, out var list))
        {
            costs[name] = list = [];
        }

        list.Add(cost);
    }

    private static void Repeat(int times, Action action)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }
}
