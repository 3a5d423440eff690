using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Serverless.Telemetry;

/// <summary>A measured step, with a span and a duration in seconds: <c>using (Step.Decode.Begin()) { … }</c>.</summary>
internal sealed class Step
{
    // Must come first: the steps below use it, and static fields are initialised in order.
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    public static readonly Step Decode = new("decode", "Decoding an image's bytes to pixels.");
    public static readonly Step Embed = new("embed", "Embedding pixels or words, including the wait for a worker; tag: kind.");
    public static readonly Step Search = new("search", "One query to the search index; tag: kind.");
    public static readonly Step Confirm = new("confirm", "Comparing two fingerprints.");
    public static readonly Step CompareDetail = new("compare", "Comparing two originals in full detail, including decoding their frames.");

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
