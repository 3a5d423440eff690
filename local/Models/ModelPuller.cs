using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Serverless.Embeddings.Tokenization;

namespace Local.Models;

/// <summary>Downloads a model's files into the hub's cache, verifies each against the hub's hash, and pins them.</summary>
internal sealed class ModelPuller(HubClient hub, HubEnvironment environment)
{
    private static readonly string[] Optional =
    [
        "tokenizer_config.json",
        TokenizerJson.FileName,
        ClipVocabulary.VocabularyFile,
        ClipVocabulary.MergesFile,
        SentencePieceModel.FileName,
        ModelThresholds.FileName,
    ];

    /// <param name="announce">Is told the bytes of all files before the first is fetched.</param>
    /// <returns>The folder that holds the model.</returns>
    public async Task<string> PullAsync(
        CatalogueEntry entry,
        string precision,
        Action<long> announce,
        Func<HubFile, IProgress<long>> progress,
        CancellationToken cancellation
    )
    {
        if (environment.Offline)
        {
            throw new ModelException("HF_HUB_OFFLINE", "pulling a model needs the network; unset it.");
        }

        var revision = await hub.GetRevisionAsync(entry.Repository, entry.Revision, cancellation);
        var cache = new HubCache(environment.Cache, entry.Repository);
        cache.Create(revision.Commit);
        var locked = new Dictionary<string, LockedFile>();
        var wanted = Wanted(entry, revision, precision).ToList();
        announce(wanted.Sum(file => file.Size));
        foreach (var file in wanted)
        {
            locked[file.Path] = new LockedFile(
                await FetchAsync(cache, entry, revision.Commit, file, progress(file), cancellation),
                file.Size
            );
            cache.Link(file, revision.Commit);
        }

        if (entry.Thresholds is { } thresholds)
        {
            await File.WriteAllTextAsync(
                Path.Combine(cache.Snapshot(revision.Commit), ModelThresholds.FileName),
                thresholds.GetRawText(),
                cancellation
            );
        }

        cache.SetReference(entry.Revision, revision.Commit);
        new ModelLock(entry.Repository, entry.Revision, revision.Commit, locked).Write(cache.LockFile);
        return cache.Snapshot(revision.Commit);
    }

    private async Task<string> FetchAsync(
        HubCache cache,
        CatalogueEntry entry,
        string commit,
        HubFile file,
        IProgress<long> progress,
        CancellationToken cancellation
    )
    {
        var blob = cache.Blob(file);
        if (File.Exists(blob) && await file.VerifyAsync(blob, cancellation) is { } known)
        {
            progress.Report(file.Size);
            return known;
        }

        var incomplete = cache.Incomplete(file);
        await hub.DownloadAsync(entry.Repository, commit, file, incomplete, progress, cancellation);
        if (await file.VerifyAsync(incomplete, cancellation) is not { } sha256)
        {
            File.Delete(incomplete);
            throw new ModelException(
                file.Path,
                "the download does not have the hash that the hub states, and was discarded. Pull again; if it happens "
                    + "again, check for a proxy that alters downloads."
            );
        }

        File.Move(incomplete, blob, overwrite: true);
        return sha256;
    }

    private static IEnumerable<HubFile> Wanted(CatalogueEntry entry, HubRevision revision, string precision)
    {
        var files = revision.Files.ToDictionary(file => file.Path, StringComparer.Ordinal);
        foreach (var name in (string[])["config.json", PreprocessorConfig.FileName])
        {
            yield return files.TryGetValue(name, out var file) ? file : throw Missing(name);
        }

        foreach (var name in Optional.Where(files.ContainsKey))
        {
            yield return files[name];
        }

        // Quantised graphs are checked against the full ones at load, so both are needed.
        string[] precisions = precision == ModelPrecision.Full ? [precision] : [ModelPrecision.Full, precision];
        foreach (var (side, kind) in precisions.SelectMany(kind => new[] { ("vision_model", kind), ("text_model", kind) }))
        {
            var graph =
                ModelPrecision.FileNames(side, kind).Select(name => $"onnx/{name}.onnx").FirstOrDefault(files.ContainsKey)
                ?? throw Missing($"onnx/{side}.onnx ({kind})");
            yield return files[graph];
            if (files.TryGetValue(graph + "_data", out var weights))
            {
                yield return weights;
            }
        }

        ModelException Missing(string name) =>
            new(entry.Repository, $"the repository has no {name}, so it is not a dual encoder in a supported layout.");
    }
}
