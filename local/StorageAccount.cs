using StorageProxy.Storage;

namespace Local;

/// <summary>The account that clients see, and its credentials.</summary>
internal sealed record StorageAccount(StorageEndpoints At)
{
    private const string Name = "devstoreaccount1";

    // The well-known development account of Azurite; published, so not a secret.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};"
        + $"BlobEndpoint={At.Blob}{Name};QueueEndpoint={At.Queue}{Name};TableEndpoint={At.Table}{Name};";
}
