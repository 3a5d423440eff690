using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Tokenization;

namespace Serverless.Embeddings;

/// <summary>The files of a model that determine its vectors.</summary>
/// <param name="PadsToLength">Whether texts are always padded to full length, as in the model's training.</param>
internal sealed record ModelFiles(string Vision, string Text, bool PadsToLength, string Revision)
{
    public ModelDescription Description { get; init; } = new();
}

/// <summary>Finds a model's folder by name, and in it the files of the Hugging Face layout.</summary>
internal static class ModelFolder
{
    public const string Default = "default";
    private const string Config = "config.json";

    /// <summary>A folder is used as it is; a catalogue name resolves to where it was pulled, after its files are verified against the
    /// lock.</summary>
    public static string Resolve(string model, HubEnvironment environment)
    {
        var folder = model == Default ? Path.Combine(AppContext.BaseDirectory, "models", Default) : Path.GetFullPath(model);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        if (model == Default || ModelCatalogue.Find(model) is not { } entry)
        {
            throw new ModelException(
                folder,
                $"the folder does not exist, and '{model}' ({EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Model)}) is no name of "
                    + "the catalogue; 'dotnet run --project local -- models list' shows those."
            );
        }

        var cache = HubCache.Of(environment.Cache, entry);
        var locked =
            ModelLock.Read(cache.LockFile)
            ?? throw new ModelException(
                cache.LockFile,
                $"'{model}' has not been pulled to this machine. Run: dotnet run --project local -- models pull {model}"
            );
        var snapshot = cache.Snapshot(locked.Commit);
        locked.Verify(snapshot);
        return snapshot;
    }

    public static ModelFiles Open(string folder, string precision)
    {
        var configPath = Path.Combine(folder, Config);
        using var config = ModelFile.ReadJson(configPath);
        var vision = Graph(folder, ModelPrecision.FileNames("vision_model", precision));
        var text = Graph(folder, ModelPrecision.FileNames("text_model", precision));
        return new ModelFiles(vision, text, PadsToLength(config.RootElement), Revision(folder, vision, text))
        {
            Description = ModelDescription.Load(folder),
        };
    }

    private static string Graph(string folder, string[] names) =>
        names
            .SelectMany(name => new[] { Path.Combine(folder, "onnx", name + ".onnx"), Path.Combine(folder, name + ".onnx") })
            .FirstOrDefault(File.Exists)
        ?? throw new ModelException(Path.Combine(folder, "onnx", names[0] + ".onnx"), "the file is missing.");

    /// <summary>SigLIP was trained on texts padded to full length, and reads the padding.</summary>
    private static bool PadsToLength(JsonElement config) =>
        config.TryGetProperty("model_type", out var type)
        && type.ValueKind == JsonValueKind.String
        && type.GetString()!.StartsWith("siglip", StringComparison.Ordinal);

    private static string Revision(string folder, string vision, string text)
    {
        string[] names =
        [
            Config,
            PreprocessorConfig.FileName,
            TokenizerJson.FileName,
            "tokenizer_config.json",
            ClipVocabulary.VocabularyFile,
            ClipVocabulary.MergesFile,
            SentencePieceModel.FileName,
            ModelDescription.FileName,
        ];
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in names.Select(name => Path.Combine(folder, name)).Append(vision).Append(text).Where(File.Exists))
        {
            using var stream = File.OpenRead(path);
            all.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, path).Replace('\\', '/')));
            all.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset())[..16];
    }
}
