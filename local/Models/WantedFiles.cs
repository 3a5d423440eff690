using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Tokenization;

namespace Local.Models;

/// <summary>A file of a repository at one commit.</summary>
/// <param name="Target">Its path in the model's folder.</param>
internal sealed record WantedFile(string Repository, string Commit, HubFile File, string Target);

/// <summary>Chooses the files of repositories that make a model. No I/O.</summary>
internal static class WantedFiles
{
    private const string DataSuffix = "_data";

    private static readonly string[] Sides = ["vision_model", "text_model"];

    private static readonly string[] Optional =
    [
        "tokenizer_config.json",
        TokenizerJson.FileName,
        ClipVocabulary.VocabularyFile,
        ClipVocabulary.MergesFile,
        SentencePieceModel.FileName,
        ModelThresholds.FileName,
        ModelDescription.FileName,
    ];

    /// <param name="revisions">By repository: all that the entry names.</param>
    /// <exception cref="ModelException">A needed file is in none of them.</exception>
    public static IReadOnlyList<WantedFile> Of(
        CatalogueEntry entry,
        IReadOnlyDictionary<string, HubRevision> revisions,
        string precision
    ) =>
        entry.Layout is { } layout
            ?
            [
                .. layout
                    .Also.Prepend(new ModelSource(entry.Repository, entry.Revision, layout.Files))
                    .SelectMany(source => Named(source, new Listing(source.Repository, revisions[source.Repository]), precision)),
            ]
            : [.. Usual(new Listing(entry.Repository, revisions[entry.Repository]), precision)];

    private static IEnumerable<WantedFile> Named(ModelSource source, Listing listing, string precision)
    {
        foreach (var (target, path) in source.Files)
        {
            if (!path.EndsWith(".onnx", StringComparison.Ordinal))
            {
                yield return listing.Required(path, target);
                continue;
            }

            foreach (var kind in Precisions(precision))
            {
                foreach (var file in listing.Graph(path[..^".onnx".Length], target[..^".onnx".Length], kind))
                {
                    yield return file;
                }
            }
        }
    }

    private static IEnumerable<WantedFile> Usual(Listing listing, string precision)
    {
        foreach (var name in (string[])["config.json", PreprocessorConfig.FileName])
        {
            yield return listing.Required(name, name);
        }

        foreach (var name in Optional.Where(listing.Has))
        {
            yield return listing.Required(name, name);
        }

        foreach (var (side, kind) in Precisions(precision).SelectMany(kind => Sides.Select(side => (side, kind))))
        {
            foreach (var file in listing.Graph($"onnx/{side}", $"onnx/{side}", kind))
            {
                yield return file;
            }
        }
    }

    /// <summary>Quantised graphs are compared with the full ones, so both are needed.</summary>
    private static string[] Precisions(string precision) =>
        precision == ModelPrecision.Full ? [precision] : [ModelPrecision.Full, precision];

    private sealed class Listing(string repository, HubRevision revision)
    {
        private readonly Dictionary<string, HubFile> files = revision.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);

        public bool Has(string path) => files.ContainsKey(path);

        public WantedFile Required(string path, string target) =>
            files.TryGetValue(path, out var file) ? new WantedFile(repository, revision.Commit, file, target) : throw Missing(path);

        /// <summary>A graph, and the file with its weights if they are not in it: the graph knows that one by its own name.</summary>
        public IEnumerable<WantedFile> Graph(string stem, string target, string kind)
        {
            var path =
                ModelPrecision.FileNames(stem, kind).Select(name => name + ".onnx").FirstOrDefault(files.ContainsKey)
                ?? throw Missing($"{stem}.onnx ({kind})");
            yield return Required(path, target + path[stem.Length..]);
            if (Has(path + DataSuffix))
            {
                var name = Path.GetFileName(path) + DataSuffix;
                yield return Required(path + DataSuffix, $"{Path.GetDirectoryName(target)}/{name}".TrimStart('/'));
            }
        }

        private ModelException Missing(string path) =>
            new(repository, $"the repository has no {path}, so it is not a dual encoder in a supported layout.");
    }
}
