using StorageProxy.Storage;

namespace StorageProxy;

internal sealed record ProxyOptions
{
    // 0 means any free port.
    public int BlobPort { get; init; }

    public int QueuePort { get; init; }

    public int TablePort { get; init; }

    /// <summary>The secret that the storage behind the proxy requires in <see cref="Http.StorageForwarder.SecretHeader"/>.</summary>
    public required string Secret { get; init; }

    /// <summary>The folder for events that may not have arrived.</summary>
    public required string EventFolder { get; init; }

    /// <summary>Receives faults, one line each.</summary>
    public Action<string> Log { get; init; } = _ => { };

    public int PortOf(StorageService service) =>
        service switch
        {
            StorageService.Blob => BlobPort,
            StorageService.Queue => QueuePort,
            _ => TablePort,
        };
}
