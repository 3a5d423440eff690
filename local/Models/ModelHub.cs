using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>The catalogue of models, the hub that they come from, and its cache on this machine.</summary>
/// <param name="environment">Read when it is needed, so that what is wrong with it is told as any other error.</param>
internal sealed class ModelHub(Func<HubEnvironment> environment, Func<HttpClient> http, TimeProvider time)
{
    /// <summary>Every model of the catalogue, and whether it is here.</summary>
    public IReadOnlyList<(CatalogueEntry Entry, bool IsPulled)> List()
    {
        var cache = environment().Cache;
        return [.. ModelCatalogue.Entries.Select(entry => (entry, File.Exists(new HubCache(cache, entry.Repository).LockFile)))];
    }

    /// <summary>Fetches a model of the catalogue, or a repository of the hub.</summary>
    /// <returns>The folder that holds it.</returns>
    /// <exception cref="ModelException">There is no such model, or it cannot be fetched.</exception>
    public async Task<string> PullAsync(string name, string precision, Screen progress, CancellationToken cancellation)
    {
        var entry =
            ModelCatalogue.Find(name)
            ?? throw new ModelException(
                name,
                $"not a name of the catalogue ({string.Join(", ", ModelCatalogue.Entries.Select(known => known.Name))}) "
                    + "nor a repository like owner/name."
            );
        using var client = http();
        var read = environment();
        var puller = new ModelPuller(new HubClient(client, read, time), read);
        return await DownloadProgress.ShowAsync(progress, bar => puller.PullAsync(entry, precision, bar, cancellation));
    }
}
