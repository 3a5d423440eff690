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

    /// <returns>The model with its quantised graphs, and how well they agree.</returns>
    /// <exception cref="ModelException">They agree too little, or cannot be used: they are removed, and the full ones stay.</exception>
    public static OnnxModel Open(string name, string folder, HubCache cache)
    {
        string fault;
        ModelException? cause = null;
        try
        {
            var model = ModelSpeed.Open(folder, ModelPrecision.Int8);
            if (model.Agreement >= Least)
            {
                return model;
            }

            fault = string.Create(
                CultureInfo.InvariantCulture,
                $"its int8 graphs agree with fp32 only at a mean cosine of {model.Agreement:0.0000}, and {Least} is needed."
            );
            model.Dispose();
        }
        catch (ModelException exception)
        {
            (fault, cause) = ($"its int8 graphs cannot be used. {exception.Message}", exception);
        }

        Remove(folder, cache);
        throw new ModelException(name, $"{fault} They were removed again. Use fp32: dotnet run --project local -- --model {name}", cause);
    }

    private static void Remove(string folder, HubCache cache)
    {
        var locked = ModelLock.Read(cache.LockFile)!;
        var quantised = locked.Files.Keys.Where(IsQuantised).ToList();
        (locked with { Files = locked.Files.Where(file => !quantised.Contains(file.Key)).ToDictionary() }).Write(cache.LockFile);
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
