namespace StorageProxy.Storage;

internal enum StorageService
{
    Blob,
    Queue,
    Table,
}
