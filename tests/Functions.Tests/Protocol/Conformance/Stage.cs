using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Functions.Tests.Pipeline;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Protocol.Conformance;

/// <summary>A real storage account and search service, and two workers of the app in this process.</summary>
public sealed class Stage : IAsyncLifetime
{
    private AzuriteProcess? azurite;
    private SearchEmulatorProcess? search;

    internal StoppedClock Clock { get; } = new();

    internal RealWorker[] Workers { get; private set; } = [];

    /// <summary>The same with Duplicates:Keep=best.</summary>
    internal RealWorker[] BestKeepers { get; private set; } = [];

    internal BlobContainerClient Images { get; private set; } = null!;

    internal BlobContainerClient Quarantine { get; private set; } = null!;

    internal QueueClient Messages { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync();
        search = await SearchEmulatorProcess.StartAsync(indexingDelayMilliseconds: 0);
        var settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Search:Endpoint"] = search.Address,
            ["Search:ApiKey"] = "local-search-admin-key",
            ["Search:CertificateFile"] = search.CertificateFile,
        };
        Images = new BlobContainerClient(azurite.ConnectionString, "images");
        Quarantine = new BlobContainerClient(azurite.ConnectionString, "quarantine");
        Messages = new QueueClient(
            azurite.ConnectionString,
            RecheckQueue.Name,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        Workers = [new RealWorker(settings, Clock), new RealWorker(settings, Clock)];
        var best = new Dictionary<string, string?>(settings) { ["Duplicates:Keep"] = "best" };
        BestKeepers = [new RealWorker(best, Clock), new RealWorker(best, Clock)];
        await Workers[0].EnsureAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in Workers.Concat(BestKeepers))
        {
            await worker.DisposeAsync();
        }

        if (search is not null)
        {
            await search.DisposeAsync();
        }

        if (azurite is not null)
        {
            await azurite.DisposeAsync();
        }
    }
}
