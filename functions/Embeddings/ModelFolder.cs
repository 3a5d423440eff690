using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serverless.Embeddings.Tokenization;

namespace Serverless.Embeddings;

/// <summary>The files of a model that determine its vectors.</summary>
/// <param name="PadsToLength">Whether its texts are always padded to full length, as the model learnt them.</param>
internal sealed record ModelFiles(string Vision, string Text, bool PadsToLength, string Revision);

/// <summary>Finds a model's folder by its name, and in it the files of the Hugging Face layout.</summary>
internal static class ModelFolder
{
    public const string Default = "default";
    private const string Config = "config.json";

    public static string Resolve(string model)
    {
        if (model == Default)
        {
            return Existing(Path.Combine(AppContext.BaseDirectory, "models", Default), model);
        }

        return Existing(Path.GetFullPath(model), model);
    }

    public static ModelFiles Open(string folder)
    {
        var configPath = Path.Combine(folder, Config);
        using var config = ModelFile.ReadJson(configPath);
        var vision = Graph(folder, "vision_model", "visual");
        var text = Graph(folder, "text_model", "textual");
        return new ModelFiles(vision, text, PadsToLength(config.RootElement), Revision(folder, vision, text));
    }

    private static string Existing(string folder, string model) => Directory.Exists(folder)
        ? folder
        : throw new ModelException(folder, $"the folder of the model '{model}' ({EmbeddingOptions.Section}:{nameof(EmbeddingOptions.Model)}) does not exist.");

    private static string Graph(string folder, params string[] names) =>
        names.SelectMany(name => new[] { Path.Combine(folder, "onnx", name + ".onnx"), Path.Combine(folder, name + ".onnx") }).FirstOrDefault(File.Exists)
        ?? throw new ModelException(Path.Combine(folder, "onnx", names[0] + ".onnx"), "the file is missing.");

    /// <summary>SigLIP was trained on texts padded to full length and reads the padding.</summary>
    private static bool PadsToLength(JsonElement config) =>
        config.TryGetProperty("model_type", out var type) && type.ValueKind == JsonValueKind.String
        && type.GetString()!.StartsWith("siglip", StringComparison.Ordinal);

    private static string Revision(string folder, string vision, string text)
    {
        string[] names = [Config, PreprocessorConfig.FileName, TokenizerJson.FileName, "tokenizer_config.json", "vocab.json", "merges.txt"];
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
