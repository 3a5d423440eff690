namespace StorageProxy;

internal enum StorageService
{
    Blob,
    Queue,
    Table,
}
