using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Telemetry;

/// <summary>A part of the work that is worth a span and a duration in seconds: <c>using (Step.Decode.Begin()) { … }</c>.</summary>
internal sealed class Step
{
    // First: the steps below are made with it, and static fields are set in this order.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    public static readonly Step Decode = new("decode", "From the bytes of an image to its pixels.");
    public static readonly Step Embed = new("embed", "From pixels or words to a vector, with the wait for a worker; tag: kind.");
    public static readonly Step Search = new("search", "One query to the search index; tag: kind.");
    public static readonly Step Confirm = new("confirm", "The comparison of the small pictures of two images.");
    public static readonly Step CompareDetail = new(
        "compare",
        "The comparison of two originals in full detail, with decoding their frames."
    );

    private readonly string name;
    private readonly Histogram<double> duration;

    private Step(string name, string description)
    {
        this.name = name;
        duration = ImageMetrics.Meter.CreateHistogram(
            $"images.{name}.duration",
            "s",
            description,
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds }
        );
    }

    public Running Begin(string? kind = null)
    {
        var span = ImageSpans.Source.StartActivity(name);
        if (kind is not null)
        {
            span?.SetTag("kind", kind);
        }

        return new Running(this, kind, span, Stopwatch.GetTimestamp());
    }

    internal readonly record struct Running(Step Step, string? Kind, Activity? Span, long Started) : IDisposable
    {
        public void Dispose()
        {
            var seconds = Stopwatch.GetElapsedTime(Started).TotalSeconds;
            if (Kind is null)
            {
                Step.duration.Record(seconds);
            }
            else
            {
                Step.duration.Record(seconds, new KeyValuePair<string, object?>("kind", Kind));
            }

            Span?.Dispose();
        }
    }
}
