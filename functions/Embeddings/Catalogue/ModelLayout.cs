using System.Text.Json;

namespace Serverless.Embeddings.Catalogue;

/// <summary>Where the files of a model come from whose repository is not in Hugging Face layout.</summary>
/// <param name="Files">Path in the model's folder, and in its repository. Graphs are named by their full precision.</param>
internal sealed record ModelLayout(IReadOnlyDictionary<string, string> Files)
{
    /// <summary>Files of other repositories.</summary>
    public IReadOnlyList<ModelSource> Also { get; init; } = [];

    /// <summary>Files that no repository has, and their content.</summary>
    public IReadOnlyDictionary<string, JsonElement> Written { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The same with one number more in one of the written files.</summary>
    public ModelLayout With(string file, string name, int number)
    {
        var content = JsonSerializer.SerializeToNode(Written[file])!.AsObject();
        content[name] = number;
        return this with { Written = new Dictionary<string, JsonElement>(Written) { [file] = JsonSerializer.SerializeToElement(content) } };
    }
}

/// <param name="Revision">A branch, tag or commit.</param>
/// <param name="Files">Path in the model's folder, and in this repository.</param>
internal sealed record ModelSource(string Repository, string Revision, IReadOnlyDictionary<string, string> Files);
