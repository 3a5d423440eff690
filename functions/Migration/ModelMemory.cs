using System.Globalization;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Ledger;

namespace Serverless.Migration;

/// <summary>Whether a second model fits beside the first one.</summary>
internal static class ModelMemory
{
    /// <summary>A loaded graph takes its weights, and room to compute.</summary>
    private const double Factor = 1.5;

    private const long Megabyte = 1 << 20;

    /// <summary>Why it does not; null if it does, or if it is hosted.</summary>
    public static string? Refusal(ModelChoice choice) =>
        choice.Provider == EmbeddingOptions.Onnx ? Refusal(choice.Model, SizeOf(choice.Model), Free()) : null;

    internal static string? Refusal(string model, long bytes, long free)
    {
        var needed = (long)(bytes * Factor);
        return needed <= free
            ? null
            : $"'{model}' needs about {InMegabytes(needed)} MB beside the model in force, and {InMegabytes(free)} MB are free here. Use "
                + $"instances with more memory, or change by settings: Embedding__Model={model} with a new Search__Index, restart, and "
                + "POST /api/backfill.";
    }

    private static string InMegabytes(long bytes) => (bytes / Megabyte).ToString("N0", CultureInfo.InvariantCulture);

    private static long SizeOf(string model) =>
        new DirectoryInfo(ModelFolder.Resolve(model, HubEnvironment.Read()))
            .EnumerateFiles("*.onnx*", SearchOption.AllDirectories)
            .Where(file =>
                !file.Name.Contains("int8", StringComparison.Ordinal) && !file.Name.Contains("quantized", StringComparison.Ordinal)
            )
            .Sum(file => (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length);

    private static long Free() => Math.Max(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet, 0);
}
