using StorageProxy.Storage;

namespace Local;

/// <summary>The account that clients see, and how they sign in to it.</summary>
internal sealed record StorageAccount(StorageEndpoints At)
{
    private const string Name = "devstoreaccount1";

    // The development account of Azurite and the older storage emulator; published, so not a secret.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};"
        + $"BlobEndpoint={At.Blob}{Name};QueueEndpoint={At.Queue}{Name};TableEndpoint={At.Table}{Name};";
}
