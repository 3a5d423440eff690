using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using FunctionsHost.Tests.Support;
using Shared;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace FunctionsHost.Tests.Support;

/// <summary>One Azurite for all tests; each uses containers and queues of its own.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private AzuriteProcess? process;

    public string ConnectionString => process!.ConnectionString;

    public BlobServiceClient Blobs => new(ConnectionString);

    public QueueServiceClient Queues => new(ConnectionString);

    public async ValueTask InitializeAsync() => process = await AzuriteProcess.StartAsync();

    public ValueTask DisposeAsync() => process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
