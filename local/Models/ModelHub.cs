using System.Globalization;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <summary>The catalogue of models, the hub they come from, and its cache on this machine.</summary>
/// <param name="environment">Read on first use, so that a fault in it is reported like any other error.</param>
internal sealed class ModelHub(Func<HubEnvironment> environment, Func<HttpClient> http, TimeProvider time)
{
    public static ModelHub Create() =>
        new(HubEnvironment.Read, () => new HttpClient { Timeout = TimeSpan.FromMinutes(30) }, TimeProvider.System);

    /// <summary>Every model of the catalogue, and whether it is here.</summary>
    public IReadOnlyList<(CatalogueEntry Entry, bool IsPulled)> List() =>
        [.. ModelCatalogue.Entries.Select(entry => (entry, IsPulled(entry)))];

    public bool IsPulled(CatalogueEntry entry) => File.Exists(new HubCache(environment().Cache, entry.Repository).LockFile);

    /// <summary>Downloads a model of the catalogue, or a repository of the hub.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="ModelException">There is no such model, or it cannot be downloaded.</exception>
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
        void Announce(long bytes) =>
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} has {bytes / 1e6:0} MB ({entry.Licence})."));
        var folder = await DownloadProgress.ShowAsync(progress, bar => puller.PullAsync(entry, precision, Announce, bar, cancellation));
        await FirstCalibration.RunAsync(name, folder, progress, cancellation);
        return folder;
    }
}
