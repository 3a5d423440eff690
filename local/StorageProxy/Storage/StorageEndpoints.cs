namespace StorageProxy.Storage;

/// <summary>Where the three services of a storage account listen.</summary>
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
