namespace Serverless.Backfill;

/// <summary>What an estimate is based on.</summary>
/// <param name="ImagePrice">US dollars per vector; 0 for a model in this process.</param>
/// <param name="VectorsPerImage">More than one if turned copies are searched for.</param>
/// <param name="MostPerSecond">Images per second that the provider's quota allows; null for no limit.</param>
/// <param name="Measured">Images per second of an earlier backfill; null if there was none.</param>
internal readonly record struct EstimateBasis(decimal ImagePrice, int VectorsPerImage, double? MostPerSecond, double? Measured);

/// <summary>What a backfill of so many images will take. Storage capacity and the search service's hours are not part of it.</summary>
/// <param name="Seconds">How long.</param>
/// <param name="ImagesPerSecond">At this rate.</param>
/// <param name="IsMeasured">The rate is that of an earlier backfill here; false if it is that of one instance in our benchmark.</param>
/// <param name="EmbeddingUsd">The hosted model's vectors; 0 for a model in the app.</param>
/// <param name="StorageUsd">Storage operations.</param>
/// <param name="ComputeUsd">The app's instances (Flex Consumption).</param>
/// <param name="TelemetryUsd">Logs and traces, if all are kept.</param>
internal sealed record BackfillEstimate(
    long Seconds,
    double ImagesPerSecond,
    bool IsMeasured,
    decimal EmbeddingUsd,
    decimal StorageUsd,
    decimal ComputeUsd,
    decimal TelemetryUsd
)
{
    /// <summary>All of it, in US dollars.</summary>
    public decimal Usd => EmbeddingUsd + StorageUsd + ComputeUsd + TelemetryUsd;

    public static BackfillEstimate Of(long images, EstimateBasis basis)
    {
        var rate =
            basis.Measured ?? Math.Min(BackfillPrices.ImagesPerSecond, basis.MostPerSecond / basis.VectorsPerImage ?? double.MaxValue);
        return new BackfillEstimate(
            (long)Math.Ceiling(images / rate),
            rate,
            basis.Measured is not null,
            images * basis.VectorsPerImage * basis.ImagePrice,
            images
                * (
                    BackfillPrices.BlobReads * BackfillPrices.BlobRead
                    + BackfillPrices.QueueOperations * BackfillPrices.QueueOperation
                    + BackfillPrices.TableOperations * BackfillPrices.TableOperation
                ),
            images * BackfillPrices.InstanceGigabytes * BackfillPrices.GigabyteSecond / (decimal)BackfillPrices.ImagesPerSecond,
            images * BackfillPrices.Telemetry
        );
    }
}
