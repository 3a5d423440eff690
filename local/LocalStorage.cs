using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using StorageProxy;
using StorageProxy.Events;
using StorageProxy.Storage;

namespace Local;

/// <summary>The storage account of the run: the proxy that clients talk to, and Azurite behind it.</summary>
internal sealed class LocalStorage : IAsyncDisposable
{
    private readonly StorageProxyServer proxy;
    private readonly LogFile log;
    private readonly string secret;
    private readonly string folder;

    private LocalStorage(StorageProxyServer proxy, LogFile log, string secret, string folder) =>
        (this.proxy, this.log, this.secret, this.folder) = (proxy, log, secret, folder);

    public StorageAccount Account => new(proxy.Endpoints);

    /// <summary>Starts Azurite, for the first time and again.</summary>
    public ChildCommand Azurite => Local.Azurite.Command(folder, secret);

    public static async Task<LocalStorage> StartAsync(LocalOptions options, DataFolder data)
    {
        var log = LogFile.Create(data.Logs, "storage-proxy");
        var secret = RandomKey.Create();
        var proxy = await StorageProxyServer.StartAsync(
            new ProxyOptions
            {
                BlobPort = options.BlobPort,
                QueuePort = options.QueuePort,
                TablePort = options.TablePort,
                Secret = secret,
                EventFolder = data.Events,
                Log = log.Write,
            }
        );
        return new LocalStorage(proxy, log, secret, data.Azurite);
    }

    /// <summary>As <see cref="Azurite.Readiness"/>; what is ready is what the proxy talks to from then on.</summary>
    public Func<string, StorageEndpoints?> Readiness()
    {
        var readiness = Local.Azurite.Readiness();
        return line => readiness(line) is { } at ? proxy.Backend = at : null;
    }

    /// <returns>Whether one of them was not there.</returns>
    /// <exception cref="LocalRunException">One cannot have the name that it should have.</exception>
    public async Task<bool> CreateAsync(IEnumerable<string> containers, string queue, CancellationToken cancellation)
    {
        var blobs = new BlobServiceClient(Account.ConnectionString);
        var made = false;
        foreach (var name in containers)
        {
            try
            {
                made |= await blobs.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation) is not null;
            }
            catch (RequestFailedException exception)
            {
                throw new LocalRunException($"The container \"{name}\" cannot be created: {exception.Message.Split('\n')[0]}");
            }
        }

        return await new QueueClient(Account.ConnectionString, queue).CreateIfNotExistsAsync(cancellationToken: cancellation) is not null
            || made;
    }

    /// <summary>From now on, uploads and deletions are told, and first of all those that could not be told before.</summary>
    public void Tell(IReadOnlyList<EventSubscription> subscriptions) => proxy.Events.Start(subscriptions);

    /// <summary>To be called when Azurite runs again after it ended by itself.</summary>
    public void TellAgain() => proxy.Events.StorageForgot();

    public Task StopTellingAsync() => proxy.Events.StopAsync();

    /// <summary>To be called when Azurite has ended as it was asked to.</summary>
    public void Settle() => proxy.Events.StorageSaved();

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        log.Dispose();
    }
}
