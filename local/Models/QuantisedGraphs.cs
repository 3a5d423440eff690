using System.Globalization;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Onnx;

namespace Local.Models;

/// <summary>Compares quantised graphs with the full ones right after they were fetched: some on the hub are wrong.</summary>
internal static class QuantisedGraphs
{
    private const double Least = 0.98;

    private static readonly string[] Sides = ["vision_model", "text_model"];

    /// <returns>The mean cosine of pictures or of texts, whichever is lower.</returns>
    /// <exception cref="ModelException">It is too low, or the graphs cannot be used: they are removed, and the full ones stay.</exception>
    public static double Check(string name, string folder, HubCache cache)
    {
        try
        {
            using var model = new OnnxModel(
                folder,
                new EmbeddingOptions
                {
                    Model = folder,
                    Precision = ModelPrecision.Int8,
                    MinAgreement = -1,
                }
            );
            var agreement = model.Agreement!.Value;
            return agreement >= Least
                ? agreement
                : throw new ModelException(
                    name,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"its int8 graphs agree with fp32 only at a mean cosine of {agreement:0.0000}, and {Least} is needed. "
                            + $"{Advice(name)}"
                    )
                );
        }
        catch (ModelException exception)
        {
            Remove(folder, cache);
            throw exception.Message.Contains(Advice(name), StringComparison.Ordinal)
                ? exception
                : new ModelException(name, $"its int8 graphs cannot be used. {exception.Message} {Advice(name)}", exception);
        }
    }

    private static string Advice(string name) => $"They were removed again. Use fp32: dotnet run --project local -- --model {name}";

    private static void Remove(string folder, HubCache cache)
    {
        var locked = ModelLock.Read(cache.LockFile)!;
        var quantised = locked.Files.Keys.Where(IsQuantised).ToList();
        new ModelLock(
            locked.Repository,
            locked.Revision,
            locked.Commit,
            locked.Files.Where(file => !quantised.Contains(file.Key)).ToDictionary()
        )
        {
            Also = locked.Also,
        }.Write(cache.LockFile);
        foreach (var path in quantised.Select(file => new FileInfo(Path.Combine(folder, file))))
        {
            path.ResolveLinkTarget(returnFinalTarget: true)?.Delete();
            path.Delete();
        }
    }

    private static bool IsQuantised(string file) =>
        Sides
            .SelectMany(side => ModelPrecision.FileNames(side, ModelPrecision.Int8))
            .Any(name => Path.GetFileName(file).StartsWith(name + ".onnx", StringComparison.Ordinal));
}
