using System.Collections.Concurrent;
using Azure;
using Azure.Search.Documents;
using Azure.Search.Documents.Indexes;
using Functions.Tests.Pipeline;
using Serverless.Search;
using Shared;

[assembly: AssemblyFixture(typeof(ClusterServicesEnd))]

namespace Functions.Tests.Pipeline;

/// <summary>
/// Storage and search of a cluster. Starting them costs more than most tests, so clusters use them one after another, each with a storage
/// account of its own and a search service without indexes.
/// </summary>
internal sealed class ClusterServices : IAsyncDisposable
{
    /// <summary>How many clusters use one after another.</summary>
    private const int Accounts = 30;

    private static readonly ConcurrentBag<ClusterServices> Idle = [];

    private readonly AzuriteProcess azurite;
    private readonly bool isShared;
    private int account;

    private ClusterServices(AzuriteProcess azurite, SearchEmulatorProcess search, bool isShared) =>
        (this.azurite, Search, this.isShared) = (azurite, search, isShared);

    public SearchEmulatorProcess Search { get; }

    public string ConnectionString => azurite.ConnectionStringOf(account);

    /// <summary>Those that another cluster used before, or new ones.</summary>
    public static async Task<ClusterServices> TakeAsync() =>
        Idle.TryTake(out var idle) ? idle : await StartAsync(indexingDelayMilliseconds: 0, logsRequests: false, isShared: true);

    /// <summary>For one cluster alone.</summary>
    public static Task<ClusterServices> StartAsync(int indexingDelayMilliseconds, bool logsRequests) =>
        StartAsync(indexingDelayMilliseconds, logsRequests, isShared: false);

    public async ValueTask DisposeAsync()
    {
        if (isShared && account + 1 < Accounts && await IsEmptiedAsync())
        {
            account++;
            Idle.Add(this);
            return;
        }

        await StopAsync();
    }

    internal static async Task StopIdleAsync()
    {
        while (Idle.TryTake(out var idle))
        {
            await idle.StopAsync();
        }
    }

    private static async Task<ClusterServices> StartAsync(int indexingDelayMilliseconds, bool logsRequests, bool isShared)
    {
        var (storage, index) = (
            AzuriteProcess.StartAsync(accounts: isShared ? Accounts : 1),
            SearchEmulatorProcess.StartAsync(indexingDelayMilliseconds, logsRequests)
        );
        return new ClusterServices(await storage, await index, isShared);
    }

    private async Task<bool> IsEmptiedAsync()
    {
        try
        {
            await Search.FaultAsync();
            var endpoint = new Uri(Search.Address);
            var indexes = new SearchIndexClient(
                endpoint,
                new AzureKeyCredential("local-search-admin-key"),
                new SearchClientOptions { Transport = CertificatePin.Transport(endpoint, Search.CertificateFile) }
            );
            await foreach (var name in indexes.GetIndexNamesAsync())
            {
                await indexes.DeleteIndexAsync(name);
            }

            return true;
        }
        catch (Exception exception) when (exception is RequestFailedException or HttpRequestException or TaskCanceledException)
        {
            // Whatever a failed test left them in, the next one gets others.
            return false;
        }
    }

    private Task StopAsync() => Task.WhenAll(Search.DisposeAsync().AsTask(), azurite.DisposeAsync().AsTask());
}

/// <summary>Ends what clusters shared, once all tests have ended.</summary>
public sealed class ClusterServicesEnd : IAsyncDisposable
{
    public async ValueTask DisposeAsync() => await ClusterServices.StopIdleAsync();
}
