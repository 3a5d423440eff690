using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>One app with narrow limits, shared by the tests of a class.</summary>
public sealed class HostileApp : IAsyncLifetime
{
    public const int MaxBytes = 1 << 20;
    public const int Concurrent = 2;
    public const int Queued = 1;

    internal Cluster Cluster { get; private set; } = null!;

    internal AppProcess App => Cluster.Apps[0];

    internal HttpClient Http => App.Http;

    /// <summary>
    /// A connection to the app itself, as the host has it. A request on it needs the header of <see cref="AppProcess.Announce"/>.
    /// </summary>
    internal RawHttp Connect() => new(App.Address);

    public async ValueTask InitializeAsync() =>
        Cluster = await Cluster.StartAsync(
            apps: 1,
            settings: new()
            {
                ["Limits__MaxBytes"] = $"{MaxBytes}",
                ["Limits__MaxConcurrentRequests"] = $"{Concurrent}",
                ["Limits__MaxQueuedRequests"] = $"{Queued}",
            }
        );

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>Uploads an image, lets the app judge it, and returns its record.</summary>
    internal async Task<System.Text.Json.JsonElement> IngestAsync(string name, byte[] bytes)
    {
        await Cluster.UploadAsync(name, bytes);
        Assert.True(await Cluster.IngestAsync(name), App.Output);
        return await Cluster.FindAsync(name) ?? throw new InvalidOperationException($"'{name}' has no record.");
    }
}
