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

    /// <summary>Like <see cref="Azurite.Readiness"/>; once ready, the proxy forwards to it.</summary>
    public Func<string, StorageEndpoints?> Readiness()
    {
        var readiness = Local.Azurite.Readiness();
        return line => readiness(line) is { } at ? proxy.Backend = at : null;
    }

    /// <returns>Whether one of them was missing.</returns>
    /// <exception cref="LocalRunException">The storage refuses the name of one.</exception>
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

    /// <summary>Starts delivering events of uploads and deletions, beginning with those that could not be delivered before.</summary>
    public void Tell(IReadOnlyList<EventSubscription> subscriptions) => proxy.Events.Start(subscriptions);

    /// <summary>Call when Azurite runs again after it exited by itself.</summary>
    public void TellAgain() => proxy.Events.StorageForgot();

    public Task StopTellingAsync() => proxy.Events.StopAsync();

    /// <summary>Call when Azurite has shut down as asked.</summary>
    public void Settle() => proxy.Events.StorageSaved();

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        log.Dispose();
    }
}
