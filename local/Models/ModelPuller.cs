using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>Downloads a model's files into the hub's cache, verifies each against the hub's hash, and pins them.</summary>
internal sealed class ModelPuller(HubClient hub, HubEnvironment environment)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

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

        var revisions = await RevisionsAsync(entry, cancellation);
        var commit = revisions[entry.Repository].Commit;
        var cache = HubCache.Of(environment.Cache, entry);
        var folder = cache.Snapshot(commit);
        Directory.CreateDirectory(folder);
        var locked = new Dictionary<string, LockedFile>();
        var wanted = WantedFiles.Of(entry, revisions, precision);
        announce(wanted.Sum(file => file.File.Size));
        foreach (var file in wanted)
        {
            var blobs = new HubCache(environment.Cache, file.Repository);
            blobs.CreateBlobs();
            var sha256 = await FetchAsync(blobs, file, progress(file.File), cancellation);
            var path = Path.Combine(folder, file.Target);
            if (file.Target != ModelThresholds.FileName)
            {
                locked[file.Target] = new LockedFile(sha256, file.File.Size);
                blobs.Link(file.File, path);
            }
            else if (!File.Exists(path))
            {
                // Not locked, and not fetched over what was calibrated here.
                blobs.Link(file.File, path);
            }
        }

        foreach (var (name, content) in entry.Layout?.Written ?? new Dictionary<string, JsonElement>())
        {
            locked[name] = await WriteAsync(Path.Combine(folder, name), content, cancellation);
        }

        if (entry.Thresholds is { } thresholds)
        {
            await WriteAsync(Path.Combine(folder, ModelThresholds.FileName), thresholds, cancellation);
        }

        if (entry.Revision != commit)
        {
            new HubCache(environment.Cache, entry.Repository).SetReference(entry.Revision, commit);
        }

        new ModelLock(entry.Repository, entry.Revision, commit, locked)
        {
            Also = entry.Layout is null ? null : revisions.ToDictionary(pair => pair.Key, pair => pair.Value.Commit),
        }.Write(cache.LockFile);
        return folder;
    }

    private async Task<IReadOnlyDictionary<string, HubRevision>> RevisionsAsync(CatalogueEntry entry, CancellationToken cancellation)
    {
        var revisions = new Dictionary<string, HubRevision>
        {
            [entry.Repository] = await hub.GetRevisionAsync(entry.Repository, entry.Revision, cancellation),
        };
        foreach (var source in entry.Layout?.Also ?? [])
        {
            revisions[source.Repository] = await hub.GetRevisionAsync(source.Repository, source.Revision, cancellation);
        }

        return revisions;
    }

    private async Task<string> FetchAsync(HubCache cache, WantedFile wanted, IProgress<long> progress, CancellationToken cancellation)
    {
        var file = wanted.File;
        var blob = cache.Blob(file);
        if (File.Exists(blob) && await file.VerifyAsync(blob, cancellation) is { } known)
        {
            progress.Report(file.Size);
            return known;
        }

        var incomplete = cache.Incomplete(file);
        await hub.DownloadAsync(wanted.Repository, wanted.Commit, file, incomplete, progress, cancellation);
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

    private static async Task<LockedFile> WriteAsync(string path, JsonElement content, CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(content, Indented) + "\n");
        File.Delete(path); // it may be a link
        await File.WriteAllBytesAsync(path, bytes, cancellation);
        return new LockedFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }
}
