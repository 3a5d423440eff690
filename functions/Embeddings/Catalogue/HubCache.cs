namespace Serverless.Embeddings.Catalogue;

/// <summary>The cache layout of the hub's own tools, so that downloads are shared with them.</summary>
internal sealed class HubCache(string cache, string repository)
{
    private string Root { get; } = Path.Combine(cache, "models--" + repository.Replace("/", "--", StringComparison.Ordinal));

    public string Snapshot(string commit) => Path.Combine(Root, "snapshots", commit);

    public string Blob(HubFile file) => Path.Combine(Root, "blobs", file.BlobName);

    public string Incomplete(HubFile file) => Blob(file) + ".incomplete";

    public string LockFile => Path.Combine(Root, "serverless.lock.json");

    public void Create(string commit)
    {
        Directory.CreateDirectory(Path.Combine(Root, "blobs"));
        Directory.CreateDirectory(Snapshot(commit));
    }

    public void SetReference(string revision, string commit)
    {
        var path = Path.Combine(Root, "refs", revision);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, commit);
    }

    /// <summary>Places a blob under its name in the snapshot: as a link, or as a copy where links are not allowed.</summary>
    public void Link(HubFile file, string commit)
    {
        var path = Path.Combine(Snapshot(commit), file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        try
        {
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Blob(file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            File.Copy(Blob(file), path, overwrite: true);
        }
    }
}
