namespace Serverless.Embeddings;

/// <summary>A model that cannot be used, with the file at fault and what is wrong with it.</summary>
public sealed class ModelException(string path, string problem, Exception? inner = null)
    : Exception($"The model cannot be used. {path}: {problem}", inner)
{
    public string Path { get; } = path;
}
