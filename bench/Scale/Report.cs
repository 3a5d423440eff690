using System.Globalization;

namespace Bench.Scale;

/// <summary>A table, one line a run.</summary>
internal static class Report
{
    public static void Head()
    {
        Console.WriteLine(
            "| instances | offered /s | verdicts /s | p50 s | p95 s | copies | slipped | wrong at the end | given up | requests an image "
                + "| lost races | first bottleneck | then | $ an hour | $ per 1,000 |"
        );
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    }

    public static void Print(Outcome outcome)
    {
        var counts = outcome.Counts;
        var requests =
            counts.BlobReads + counts.BlobWrites + counts.QueueOperations + counts.TableOperations + counts.Searches + counts.IndexWrites;
        var uses = string.Join(
            ", ",
            outcome.Use.Take(3).Select(use => string.Create(CultureInfo.InvariantCulture, $"{use.What} {use.Share:P0}"))
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {outcome.Plan.Instances} | {outcome.Plan.Rate:0} | {outcome.Throughput:0.0} | {outcome.Wait(0.5).TotalSeconds:0.0} "
                    + $"| {outcome.Wait(0.95).TotalSeconds:0.0} | {outcome.Copies} | {outcome.Slipped} | {outcome.Wrong} | {outcome.GivenUp} "
                    + $"| {requests / (double)outcome.Plan.Uploads:0.0} | {outcome.LostRaces:P0} | {outcome.Bottleneck} | {uses} "
                    + $"| {Prices.Hour(outcome):0.00} | {Prices.Thousand(outcome):0.000} |"
            )
        );
    }
}
