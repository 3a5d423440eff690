using System.Diagnostics;
using System.Globalization;
using Serverless.Embeddings;
using Serverless.Embeddings.Onnx;
using Serverless.Imaging;

namespace Bench.Embedding;

/// <summary>Run in a process of its own: from its start to its first vector, and the memory it took at most.</summary>
internal static class FirstEmbedding
{
    public const string Verb = "first";

    public static void Run(string folder, string photo, string precision)
    {
        using var model = new OnnxModel(
            folder,
            new EmbeddingOptions
            {
                Model = folder,
                Precision = precision,
                MinAgreement = 0,
            }
        );
        var loaded = DateTime.Now - Process.GetCurrentProcess().StartTime;
        var reader = new ImageReader(Microsoft.Extensions.Options.Options.Create(new ImageLimits()));
        model.Vision.Embed([reader.Check(File.ReadAllBytes(photo)).Image!]);
        var first = DateTime.Now - Process.GetCurrentProcess().StartTime;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{precision}: loaded and warm after {loaded.TotalSeconds:0.00} s, first embedding after {first.TotalSeconds:0.00} s, "
                    + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576} MiB"
            )
        );
    }

    public static void Print(string folder, string photo, string precision)
    {
        using var process = Process.Start(Environment.ProcessPath!, [Verb, folder, photo, precision]);
        process.WaitForExit();
    }
}
