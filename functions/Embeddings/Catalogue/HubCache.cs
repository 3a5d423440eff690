namespace Serverless.Embeddings.Catalogue;

/// <summary>
/// The cache layout of the hub's own tools, so that downloads are shared with them. A model that is put together of other repositories'
/// files has a folder of its own for the links to them.
/// </summary>
/// <param name="model">The name of such a model, otherwise null.</param>
internal sealed class HubCache(string cache, string repository, string? model = null)
{
    private string Root { get; } = Path.Combine(cache, "models--" + repository.Replace("/", "--", StringComparison.Ordinal));

    private string Own => model is null ? Root : Path.Combine(cache, "serverless--" + model);

    public static HubCache Of(string cache, CatalogueEntry entry) => new(cache, entry.Repository, entry.Layout is null ? null : entry.Name);

    public string Snapshot(string commit) => Path.Combine(Own, "snapshots", commit);

    public string Blob(HubFile file) => Path.Combine(Root, "blobs", file.BlobName);

    public string Incomplete(HubFile file) => Blob(file) + ".incomplete";

    public string LockFile => Path.Combine(Own, "serverless.lock.json");

    public void CreateBlobs() => Directory.CreateDirectory(Path.Combine(Root, "blobs"));

    public void SetReference(string revision, string commit)
    {
        var path = Path.Combine(Root, "refs", revision);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, commit);
    }

    /// <summary>Places a blob in a folder: as a link, or as a copy where links are not allowed.</summary>
    /// <param name="path">Where it is to be seen.</param>
    public void Link(HubFile file, string path)
    {
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
