using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Telemetry;

/// <summary>The instruments of the meter <c>Serverless.Images</c>. No instrument says which image it was; spans do.</summary>
internal static class ImageMetrics
{
    public const string Name = "Serverless.Images";

    internal static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Images = Meter.CreateCounter<long>(
        "images.ingested",
        "{image}",
        "Images that got a verdict; tag: verdict."
    );

    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>(
        "images.queue.age",
        "s",
        "From the upload of an image to the start of its work. Storage gives the upload's time in whole seconds."
    );

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "images.embed.batch.size",
        "{image}",
        "Images or texts that were embedded together."
    );

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "images.retries",
        "{request}",
        "Requests that were sent again; tag: service."
    );

    private static readonly Counter<long> DecodersEnded = Meter.CreateCounter<long>(
        "images.decoder.ended",
        "{process}",
        "Decoder processes that ended in the middle of a picture; tag: reason."
    );

    private static readonly Counter<double> Cost = Meter.CreateCounter<double>(
        "images.cost",
        "USD",
        "List price of what hosted embedding providers were asked; tag: provider."
    );

    private static readonly Gauge<long> WaitingDepth = Meter.CreateGauge<long>(
        "images.waiting.depth",
        "{message}",
        "Uploads and pages of a backfill that wait."
    );

    private static readonly Gauge<long> RecheckDepth = Meter.CreateGauge<long>(
        "images.recheck.depth",
        "{message}",
        "Second looks that are due or will be."
    );

    private static readonly Gauge<long> PoisonDepth = Meter.CreateGauge<long>(
        "images.poison.depth",
        "{message}",
        "Messages that were given up; tag: queue."
    );

    private static readonly Gauge<double> QuotaUsed = Meter.CreateGauge<double>(
        "images.search.quota.used",
        "1",
        "Used share of a limit of the search service, 0 to 1; tag: resource."
    );

    /// <summary>Counts a verdict, or <c>rejected</c>, and notes it on the span that led to it.</summary>
    public static void Ingested(string verdict)
    {
        Images.Add(1, Tag("verdict", verdict));
        Activity.Current?.SetTag("image.verdict", verdict);
    }

    public static void Waited(TimeSpan age) => QueueAge.Record(Math.Max(0, age.TotalSeconds));

    public static void Batch(int size) => BatchSize.Record(size);

    /// <param name="service">Whom the request was sent to: <c>storage</c>, <c>search</c>, or the name of an embedding provider.</param>
    public static void Retried(string service) => Retries.Add(1, Tag("service", service));

    /// <param name="reason">Why the app killed it, or <c>crash</c>.</param>
    public static void DecoderEnded(string reason) => DecodersEnded.Add(1, Tag("reason", reason));

    /// <param name="provider">The name of the embedding provider.</param>
    /// <param name="dollars">The list price of the request, in US dollars.</param>
    public static void Spent(string provider, double dollars) => Cost.Add(dollars, Tag("provider", provider));

    /// <summary>Counts of messages, as they are now.</summary>
    public static void Depth(long waiting, long rechecks)
    {
        WaitingDepth.Record(waiting);
        RecheckDepth.Record(rechecks);
    }

    /// <param name="queue">The name of the queue of messages that were given up.</param>
    /// <param name="messages">How many are in it now.</param>
    public static void Poison(string queue, long messages) => PoisonDepth.Record(messages, Tag("queue", queue));

    /// <param name="resource">What there is a limit to: <c>storage</c>, <c>vectors</c> or <c>documents</c>.</param>
    /// <param name="share">From 0 to 1.</param>
    public static void Used(string resource, double share) => QuotaUsed.Record(share, Tag("resource", resource));

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
