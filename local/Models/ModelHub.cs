using System.Globalization;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;
using Spectre.Console;

namespace Local.Models;

/// <summary>The catalogue of models, the hub they come from, and its cache on this machine.</summary>
/// <param name="environment">Read on first use, so that a fault in it is reported like any other error.</param>
internal sealed class ModelHub(Func<HubEnvironment> environment, Func<HttpClient> http, TimeProvider time)
{
    public static ModelHub Create() =>
        new(HubEnvironment.Read, () => new HttpClient { Timeout = TimeSpan.FromMinutes(30) }, TimeProvider.System);

    /// <summary>The bundled model and every model of the catalogue.</summary>
    /// <param name="used">The model that the settings name.</param>
    public IReadOnlyList<ListedModel> List(string used) =>
        [
            ListedModel.Bundled(used),
            .. ModelCatalogue.Entries.Select(entry => ListedModel.Of(entry, HubCache.Of(environment().Cache, entry), used)),
        ];

    public bool IsPulled(CatalogueEntry entry) => File.Exists(HubCache.Of(environment().Cache, entry).LockFile);

    /// <summary>Downloads a model, calibrates it where it needs that, and measures it.</summary>
    /// <returns>Its folder.</returns>
    /// <exception cref="ModelException">There is no such model, it cannot be downloaded, its licence is not accepted, or its quantised
    /// graphs are wrong.</exception>
    public async Task<string> PullAsync(PullRequest request, Screen progress, CancellationToken cancellation)
    {
        var name = request.Name;
        var entry =
            ModelCatalogue.Find(name)
            ?? throw new ModelException(
                name,
                $"not a name of the catalogue ({string.Join(", ", ModelCatalogue.Entries.Select(known => known.Name))}) "
                    + "nor a repository like owner/name."
            );
        Accept(entry, request, progress);
        using var client = http();
        var read = environment();
        var puller = new ModelPuller(new HubClient(client, read, time), read);
        void Announce(long bytes) =>
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} has {bytes / 1e6:0} MB ({entry.Licence})."));
        var folder = await DownloadProgress.ShowAsync(
            progress,
            bar => puller.PullAsync(entry, request.Precision, Announce, bar, cancellation)
        );
        await FirstCalibration.RunAsync(name, folder, progress, cancellation);
        ModelSpeed.Measure(folder);
        if (request.Precision == ModelPrecision.Int8)
        {
            using var quantised = QuantisedGraphs.Open(name, folder, HubCache.Of(read.Cache, entry));
            progress.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"int8 agrees with fp32 at a mean cosine of {quantised.Agreement:0.0000}.")
            );
            ModelSpeed.Measure(quantised, folder, ModelPrecision.Int8);
        }

        return folder;
    }

    private static void Accept(CatalogueEntry entry, PullRequest request, Screen progress)
    {
        if (entry.Restriction is not { } restriction || request.AcceptsLicence)
        {
            return;
        }

        progress.WriteLine($"Licence of {entry.Name}: {restriction}.");
        if (
            progress.Terminal is not { } terminal
            || !terminal.Prompt(new ConfirmationPrompt("Fetch it for that?") { DefaultValue = false })
        )
        {
            throw new ModelException(
                entry.Name,
                $"its licence is restricted ({restriction}) and was not accepted. To accept it: dotnet run --project local -- models pull "
                    + $"{entry.Name} --accept-licence"
            );
        }
    }
}
