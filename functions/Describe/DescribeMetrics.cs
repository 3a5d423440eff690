using System.Diagnostics.Metrics;
using Serverless.Telemetry;

namespace Serverless.Describe;

/// <summary>Metrics of descriptions; their cost is in <c>images.cost</c>.</summary>
internal static class DescribeMetrics
{
    private static readonly Counter<long> Described = ImageMetrics.Meter.CreateCounter<long>(
        "images.described",
        "{image}",
        "Pictures to describe; tag: outcome (described, reused, failed)."
    );

    private static readonly Counter<long> Tokens = ImageMetrics.Meter.CreateCounter<long>(
        "images.describe.tokens",
        "{token}",
        "Tokens used for descriptions; tag: direction (input, output)."
    );

    public static void Known() => Described.Add(1, Tag("outcome", "reused"));

    public static void Asked(ChatAnswer answer, DescribeOptions options)
    {
        Described.Add(1, Tag("outcome", answer.Text is null ? "failed" : "described"));
        if (answer.Used is { } used)
        {
            Tokens.Add(used.Input, Tag("direction", "input"));
            Tokens.Add(used.Output, Tag("direction", "output"));
            ImageMetrics.Spent(DescribeOptions.Chat, DescribeUsage.CostOf(used, options) / 1e6);
        }
    }

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
