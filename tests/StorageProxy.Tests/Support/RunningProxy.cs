using System.Text.Json;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using StorageProxy.Events;
using StorageProxy.Storage;

namespace StorageProxy.Tests.Support;

/// <summary>A proxy with a container that it tells the events of.</summary>
internal sealed class RunningProxy : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private RunningProxy(StorageProxyServer server, string folder) => (Server, Folder) = (server, folder);

    public StorageProxyServer Server { get; }

    /// <summary>Where it keeps events.</summary>
    public string Folder { get; }

    public BlobContainerClient Container { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};"
        + $"BlobEndpoint={Server.Endpoints.Blob}{Account};QueueEndpoint={Server.Endpoints.Queue}{Account};"
        + $"TableEndpoint={Server.Endpoints.Table}{Account};";

    /// <summary>What clients ask of the container by HTTP alone is signed with this.</summary>
    public static string Sas { get; } =
        new AccountSasBuilder(
            AccountSasPermissions.All,
            DateTimeOffset.UtcNow.AddHours(1),
            AccountSasServices.All,
            AccountSasResourceTypes.All
        )
            .ToSasQueryParameters(new StorageSharedKeyCredential(Account, AccountKey))
            .ToString();

    /// <param name="target">Told of uploads to the container and of deletions from it; absent, one that always takes them.</param>
    /// <param name="folder">The events of an earlier proxy.</param>
    public static async Task<RunningProxy> StartAsync(
        StorageEndpoints backend,
        IEventTarget? target = null,
        string? folder = null,
        string? container = null
    )
    {
        folder ??= Directory.CreateTempSubdirectory("storage-proxy-").FullName;
        var server = await StorageProxyServer.StartAsync(new ProxyOptions { Secret = Azurite.Secret, EventFolder = folder });
        server.Backend = backend;
        container ??= $"c{Guid.NewGuid():N}";
        target ??= new Subscriber();
        server.Events.Start([new(BlobChange.Created, container, target), new(BlobChange.Deleted, container, target)]);
        var proxy = new RunningProxy(server, folder);
        proxy.Container = new BlobContainerClient(proxy.ConnectionString, container);
        await proxy.Container.CreateIfNotExistsAsync();
        return proxy;
    }

    /// <summary>All events that were raised, as they are kept: operation and address, in their order.</summary>
    public IReadOnlyList<(string Api, string Name)> Raised() =>
        [.. Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal).Select(file => Read(File.ReadAllText(file)))];

    public static (string Api, string Name) Read(string json)
    {
        var data = JsonElement.Parse(json).GetProperty("data");
        return (data.GetProperty("api").GetString()!, new BlobUriBuilder(new Uri(data.GetProperty("url").GetString()!)).BlobName);
    }

    public Uri UriOf(string path, string query = "") => new($"{Server.Endpoints.Blob}{Account}/{path}?{query}&{Sas}");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }
}
