using Azure.Data.Tables;
using Serverless.Ingest;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Ingest;

/// <summary>Who waits for whom while an image is tried alone.</summary>
public sealed class AttemptsTests : IAsyncLifetime
{
    private AzuriteProcess? azurite;
    private Attempts? attempts;
    private Attempts? ended;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync();
        (attempts, ended) = (Process(), Process());
        await attempts.EnsureAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        attempts?.Dispose();
        ended?.Dispose();
        await azurite!.DisposeAsync();
    }

    [Fact]
    public async Task Who_wants_to_be_alone_waits_for_what_is_read_and_not_for_what_decides()
    {
        _ = await ended!.BeginAsync("suspect", "1", default);
        await using var reading = await attempts!.BeginAsync("reading", "1", default);
        await using var deciding = await attempts.BeginDecidingAsync("deciding", "1", default);
        var alone = attempts.BeginAsync("suspect", "1", default);

        // The one that reads may be waited for by the one that decides, and must get on.
        await using var earlier = await Patience.ForAsync(attempts.BeginDecidingAsync("earlier", "1", default));
        Assert.False(alone.IsCompleted);
        reading.LeavePlace();
        await using var suspect = await Patience.ForAsync(alone);
        await using var another = await Patience.ForAsync(attempts.BeginDecidingAsync("another", "1", default));
    }

    /// <summary>One of several processes on the same tables.</summary>
    private Attempts Process() => new(
        new TableServiceClient(azurite!.ConnectionString), new StorageClock(TimeProvider.System, _ => Task.FromResult(DateTimeOffset.UtcNow)), TimeProvider.System);
}
