namespace Serverless.Backfill;

/// <summary>
/// List prices and measured work that estimates use, in US dollars and per image that is new. Azure's prices are those of a standard
/// account (LRS, hot) in US regions, pay as you go, as known on 30 November 2026; docs/scale.md names the sources and what was measured.
/// Check them against the pricing calculator before you rely on them. The price of a hosted model's vectors is not here: it is
/// <c>Embedding:ImagePrice</c>, or the provider's list price (docs/providers.md).
/// </summary>
internal static class BackfillPrices
{
    /// <summary>Reads of blobs: properties, bytes, and the check at the end.</summary>
    public const int BlobReads = 3;

    /// <summary>Queue operations: the second look is sent, received and deleted; a share of the slice's message.</summary>
    public const int QueueOperations = 4;

    /// <summary>Table operations: record, announcement, hashes, attempts, the second look; a share of the slice's row.</summary>
    public const int TableOperations = 18;

    public const decimal BlobRead = 0.004m / 10_000;

    public const decimal QueueOperation = 0.004m / 10_000;

    public const decimal TableOperation = 0.00036m / 10_000;

    /// <summary>A gigabyte for a second, Flex Consumption, on demand.</summary>
    public const decimal GigabyteSecond = 0.000026m;

    /// <summary>Memory of an instance (infra/main.bicep), which has two processors.</summary>
    public const decimal InstanceGigabytes = 4;

    /// <summary>Traces and logs of an image if all of them are kept: about forty spans of 1.2 KB, at $2.30 a gigabyte.</summary>
    public const decimal Telemetry = 40 * 1.2m / 1_000_000 * 2.30m;

    /// <summary>Of an instance with two processors and the bundled model: 0.131 s of processor time an image, measured.</summary>
    public const double ImagesPerSecond = 15;
}
