using Serverless.Backfill;

namespace Bench.Scale;

/// <summary>US dollars, list prices as in <see cref="BackfillPrices"/>; search: S1, one unit, as known in November 2026.</summary>
internal static class Prices
{
    private const double SearchUnitHour = 0.336;
    private const double BlobWrite = 0.05 / 10_000;

    /// <summary>What the host itself does for an upload: a receipt, two reads, its own messages.</summary>
    private const double HostPerImage = BlobWrite + (2 * (double)BackfillPrices.BlobRead) + (3 * (double)BackfillPrices.QueueOperation);

    public static double InstanceHours(Outcome outcome) =>
        outcome.Plan.Instances * (double)(BackfillPrices.GigabyteSecond * BackfillPrices.InstanceGigabytes) * 3600;

    public static double SearchHour(Outcome outcome) => outcome.Plan.Assumptions.SearchUnits * SearchUnitHour;

    /// <summary>Storage operations of one image, second look and host included.</summary>
    public static double OperationsPerImage(Outcome outcome) =>
        HostPerImage
        + (
            (
                (outcome.Counts.BlobReads * (double)BackfillPrices.BlobRead)
                + (outcome.Counts.BlobWrites * BlobWrite)
                + (outcome.Counts.QueueOperations * (double)BackfillPrices.QueueOperation)
                + (outcome.Counts.TableOperations * (double)BackfillPrices.TableOperation)
            ) / outcome.Plan.Uploads
        );

    public static double Hour(Outcome outcome) =>
        InstanceHours(outcome) + SearchHour(outcome) + (OperationsPerImage(outcome) * outcome.Throughput * 3600);

    public static double Thousand(Outcome outcome) => Hour(outcome) / (outcome.Throughput * 3.6);
}
