using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Telemetry;

/// <summary>The instruments of the meter <c>Serverless.Images</c>. No instrument says which image it was; spans do.</summary>
internal static class ImageMetrics
{
    public const string Name = "Serverless.Images";

    internal static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Images = Meter.CreateCounter<long>(
        "images.ingested", "{image}", "Images that got a verdict; tag: verdict.");

    private static readonly Histogram<double> QueueAge = Meter.CreateHistogram<double>(
        "images.queue.age", "s", "From the upload of an image to the start of its work. Storage gives the upload's time in whole seconds.");

    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "images.embed.batch.size", "{image}", "Images or texts that were embedded together.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "images.retries", "{request}", "Requests that were sent again; tag: service.");

    private static readonly Counter<double> Cost = Meter.CreateCounter<double>(
        "images.cost", "USD", "List price of what hosted embedding providers were asked; tag: provider.");

    private static readonly Gauge<long> PoisonDepth = Meter.CreateGauge<long>(
        "images.poison.depth", "{message}", "Messages that were given up; tag: queue.");

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

    /// <param name="provider">The name of the embedding provider.</param>
    /// <param name="dollars">The list price of the request, in US dollars.</param>
    public static void Spent(string provider, double dollars) => Cost.Add(dollars, Tag("provider", provider));

    /// <param name="queue">The name of the queue of messages that were given up.</param>
    /// <param name="messages">How many are in it now.</param>
    public static void Poison(string queue, long messages) => PoisonDepth.Record(messages, Tag("queue", queue));

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
