using Shared;
using StorageProxy.Storage;
using StorageProxy.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace StorageProxy.Tests.Support;

/// <summary>One Azurite that answers its proxies only; each test has a proxy and containers of its own.</summary>
public sealed class Azurite : IAsyncLifetime
{
    public const string Secret = "of this test";

    private AzuriteProcess? process;

    /// <summary>Of Azurite itself, past any proxy.</summary>
    public string ConnectionString => process!.ConnectionString;

    internal StorageEndpoints Endpoints => EndpointsOf(process!);

    internal static StorageEndpoints EndpointsOf(AzuriteProcess azurite) =>
        new(azurite.AddressOf("Blob"), azurite.AddressOf("Queue"), azurite.AddressOf("Table"));

    public async ValueTask InitializeAsync() => process = await AzuriteProcess.StartAsync(secret: Secret);

    public ValueTask DisposeAsync() => process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
