using Functions.Tests.Embeddings.Generated;

namespace Functions.Tests.Embeddings;

/// <summary>Small models of the true architectures, written once for the tests of a class.</summary>
public sealed class GeneratedModels : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("models-").FullName;
    private readonly TokenizerFolders tokenizers = new();

    public GeneratedModels()
    {
        GeneratedModel.Write(this["clip"], DualEncoderShape.TinyClip, tokenizers["clip"]);
        GeneratedModel.Write(this["clip"], DualEncoderShape.TinyClip, tokenizers["clip"], int8: true);
        GeneratedModel.Write(this["siglip"], DualEncoderShape.TinySiglip, tokenizers["siglip"]);
    }

    public string this[string name] => Path.Combine(root, name);

    /// <summary>A copy that a test may damage.</summary>
    public string Copy(string name)
    {
        var copy = Path.Combine(root, Path.GetRandomFileName());
        foreach (var path in Directory.EnumerateFiles(this[name], "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(this[name], path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }

    public void Dispose()
    {
        tokenizers.Dispose();
        Directory.Delete(root, recursive: true);
    }
}
