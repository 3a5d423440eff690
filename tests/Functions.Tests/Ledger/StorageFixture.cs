using Azure.Data.Tables;
using Functions.Tests.Ledger;
using Serverless.Storage;
using Shared;

[assembly: AssemblyFixture(typeof(StorageFixture))]

namespace Functions.Tests.Ledger;

/// <summary>One real Azurite for the whole project; tests share nothing in it but the process.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    private AzuriteProcess? azurite;

    public string ConnectionString => azurite!.ConnectionString;

    public async ValueTask InitializeAsync() => azurite = await AzuriteProcess.StartAsync();

    public ValueTask DisposeAsync() => azurite!.DisposeAsync();

    internal TableServiceClient Tables() => new(ConnectionString);

    /// <summary>The time of the machine that storage runs on, which is this one.</summary>
    internal static StorageClock Clock { get; } = new(TimeProvider.System, _ => Task.FromResult(DateTimeOffset.UtcNow));
}
