using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Telemetry;

/// <summary>The instruments of the meter <c>Serverless.Images</c>. Metrics do not identify images; spans do.</summary>
internal static class ImageMetrics
{
    public const string Name = "Serverless.Images";

    internal static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Images = Meter.CreateCounter<long>(
        "images.ingested",
        "{image}",
        "Images with a verdict; tag: verdict."
    );

    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>(
        "images.queue.age",
        "s",
        "From an image's upload to the start of processing. Storage reports upload times in whole seconds."
    );

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "images.embed.batch.size",
        "{image}",
        "Images or texts embedded together."
    );

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "images.retries",
        "{request}",
        "Retried requests; tag: service."
    );

    private static readonly Counter<long> DecodersEnded = Meter.CreateCounter<long>(
        "images.decoder.ended",
        "{process}",
        "Decoder processes that ended while decoding a picture; tag: reason."
    );

    private static readonly Counter<double> Cost = Meter.CreateCounter<double>(
        "images.cost",
        "USD",
        "List price of requests to hosted embedding providers; tag: provider."
    );

    private static readonly Gauge<long> WaitingDepth = Meter.CreateGauge<long>(
        "images.waiting.depth",
        "{message}",
        "Waiting uploads and backfill pages."
    );

    private static readonly Gauge<long> RecheckDepth = Meter.CreateGauge<long>(
        "images.recheck.depth",
        "{message}",
        "Second looks, due now or later."
    );

    private static readonly Gauge<long> PoisonDepth = Meter.CreateGauge<long>(
        "images.poison.depth",
        "{message}",
        "Messages in poison queues; tag: queue."
    );

    private static readonly Gauge<double> QuotaUsed = Meter.CreateGauge<double>(
        "images.search.quota.used",
        "1",
        "Used share of a search service limit, 0 to 1; tag: resource."
    );

    /// <summary>Counts a verdict, or <c>rejected</c>, and adds it to the current span.</summary>
    public static void Ingested(string verdict)
    {
        Images.Add(1, Tag("verdict", verdict));
        Activity.Current?.SetTag("image.verdict", verdict);
    }

    public static void Waited(TimeSpan age) => QueueAge.Record(Math.Max(0, age.TotalSeconds));

    public static void Batch(int size) => BatchSize.Record(size);

    /// <param name="service">The destination: <c>storage</c>, <c>search</c>, or the name of an embedding provider.</param>
    public static void Retried(string service) => Retries.Add(1, Tag("service", service));

    /// <param name="reason">Why the app killed it, or <c>crash</c>.</param>
    public static void DecoderEnded(string reason) => DecodersEnded.Add(1, Tag("reason", reason));

    /// <param name="provider">The name of the embedding provider.</param>
    /// <param name="dollars">The list price of the request, in US dollars.</param>
    public static void Spent(string provider, double dollars) => Cost.Add(dollars, Tag("provider", provider));

    /// <summary>Current message counts.</summary>
    public static void Depth(long waiting, long rechecks)
    {
        WaitingDepth.Record(waiting);
        RecheckDepth.Record(rechecks);
    }

    /// <param name="queue">The poison queue's name.</param>
    /// <param name="messages">Its current number of messages.</param>
    public static void Poison(string queue, long messages) => PoisonDepth.Record(messages, Tag("queue", queue));

    /// <param name="resource">The limited resource: <c>storage</c>, <c>vectors</c> or <c>documents</c>.</param>
    /// <param name="share">From 0 to 1.</param>
    public static void Used(string resource, double share) => QuotaUsed.Record(share, Tag("resource", resource));

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
