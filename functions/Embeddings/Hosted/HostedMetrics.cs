using System.Diagnostics.Metrics;
using Serverless.Telemetry;

namespace Serverless.Embeddings.Hosted;

/// <summary>Metrics of hosted providers besides cost and retries.</summary>
internal static class HostedMetrics
{
    private static readonly Counter<long> Calls = ImageMetrics.Meter.CreateCounter<long>(
        "images.embed.calls",
        "{request}",
        "Billed requests to a hosted provider; tag: provider."
    );

    private static readonly Counter<long> Cached = ImageMetrics.Meter.CreateCounter<long>(
        "images.embed.cached",
        "{vector}",
        "Vectors taken from the cache; tag: provider."
    );

    public static void Paid(string provider, decimal usd)
    {
        ImageMetrics.Spent(provider, (double)usd);
        Calls.Add(1, new KeyValuePair<string, object?>("provider", provider));
    }

    public static void Known(string provider) => Cached.Add(1, new KeyValuePair<string, object?>("provider", provider));
}
