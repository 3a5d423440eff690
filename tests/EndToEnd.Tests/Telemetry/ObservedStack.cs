using Otlp;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A local stack whose host and app send their telemetry to a collector of the tests.</summary>
public sealed class ObservedStack : IAsyncLifetime
{
    internal OtlpReceiver Collector { get; private set; } = null!;

    internal LocalStack Stack { get; private set; } = null!;

    internal ImageApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Collector = await OtlpReceiver.StartAsync();
        Stack = await LocalStack.StartAsync(
            new LocalStackOptions
            {
                Environment = new Dictionary<string, string>(Collector.Environment) { ["Duplicates__VisibilityWindow"] = "00:00:03" },
            }
        );
        Api = new ImageApi(Stack);
    }

    public async ValueTask DisposeAsync()
    {
        await Stack.DisposeAsync();
        await Collector.DisposeAsync();
    }
}
