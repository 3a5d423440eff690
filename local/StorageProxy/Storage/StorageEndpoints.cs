namespace StorageProxy.Storage;

/// <summary>The addresses of a storage account's three services.</summary>
internal sealed record StorageEndpoints(Uri Blob, Uri Queue, Uri Table)
{
    public Uri Of(StorageService service) =>
        service switch
        {
            StorageService.Blob => Blob,
            StorageService.Queue => Queue,
            _ => Table,
        };
}
