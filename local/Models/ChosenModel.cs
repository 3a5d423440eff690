using System.Text.RegularExpressions;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>The model that a run was started with: on this machine before anything starts, and with an index of its own.</summary>
internal static partial class ChosenModel
{
    private const int LongestIndexName = 128;

    /// <returns>The settings that choose it.</returns>
    /// <exception cref="LocalRunException">There is no such model, or it cannot be fetched.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> PrepareAsync(
        string name,
        ModelHub hub,
        Screen screen,
        CancellationToken cancellation
    )
    {
        if (name == ModelFolder.Default)
        {
            return new Dictionary<string, string> { ["Embedding__Model"] = name };
        }

        if (Directory.Exists(name))
        {
            return Settings(Path.GetFullPath(name), Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))));
        }

        try
        {
            if (ModelCatalogue.Find(name) is not { } entry || !hub.IsPulled(entry))
            {
                await hub.PullAsync(name, ModelPrecision.Full, screen, cancellation);
            }
        }
        catch (ModelException exception)
        {
            throw new LocalRunException(exception.Message);
        }

        return Settings(name, name);
    }

    /// <summary>Lower-case letters, digits and single hyphens, as the search service demands.</summary>
    public static string IndexName(string model)
    {
        var name = "images-" + Unfit().Replace(model.ToLowerInvariant(), "-").Trim('-');
        return name[..Math.Min(name.Length, LongestIndexName)].TrimEnd('-');
    }

    private static Dictionary<string, string> Settings(string model, string name) =>
        new()
        {
            ["Embedding__Provider"] = EmbeddingOptions.Onnx,
            ["Embedding__Model"] = model,
            ["Search__Index"] = IndexName(name),
        };

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Unfit();
}
