namespace Serverless.Embeddings;

/// <summary>A model cannot be used; names the file at fault and the problem.</summary>
public sealed class ModelException(string path, string problem, Exception? inner = null)
    : Exception($"The model cannot be used. {path}: {problem}", inner)
{
    public string Path { get; } = path;
}
