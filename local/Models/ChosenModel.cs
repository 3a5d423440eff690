using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>The model that a run was started with: on this machine before anything starts. The app carries over what is there.</summary>
internal static class ChosenModel
{
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
            return Settings(Path.GetFullPath(name));
        }

        try
        {
            if (ModelCatalogue.Find(name) is not { } entry || !hub.IsPulled(entry))
            {
                await hub.PullAsync(new PullRequest(name), screen, cancellation);
            }
        }
        catch (ModelException exception)
        {
            throw new LocalRunException(exception.Message);
        }

        return Settings(name);
    }

    private static Dictionary<string, string> Settings(string model) =>
        new() { ["Embedding__Provider"] = EmbeddingOptions.Onnx, ["Embedding__Model"] = model };
}
