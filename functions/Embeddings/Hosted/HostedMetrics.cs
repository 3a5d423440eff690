using System.Diagnostics.Metrics;

namespace Serverless.Embeddings.Hosted;

internal static class HostedMetrics
{
    private static readonly Meter Meter = new("Serverless.Images");
    private static readonly Counter<double> Cost = Meter.CreateCounter<double>("images.cost", "USD", "List price of what hosted embedding providers were asked; tag: provider.");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("images.embed.calls", "{request}", "Requests that a hosted provider answered and counts; tag: provider.");
    private static readonly Counter<long> Known = Meter.CreateCounter<long>("images.embed.cached", "{vector}", "Vectors that had been paid for before; tag: provider.");
    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("images.retries", "{request}", "Requests that were sent again; tag: service.");

    public static void Spent(string provider, decimal usd)
    {
        Cost.Add((double)usd, new KeyValuePair<string, object?>("provider", provider));
        Calls.Add(1, new KeyValuePair<string, object?>("provider", provider));
    }

    public static void Cached(string provider) => Known.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public static void Retried(string provider) => Retries.Add(1, new KeyValuePair<string, object?>("service", provider));
}
