using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Pairs of images that a person decided about: they are not duplicates, or one is kept instead of the other. A pair is keyed by path and
/// bytes on both sides, so it survives re-indexing and a change of model, and neither a third copy nor other bytes at the same path inherit
/// it.
/// </summary>
internal sealed class RememberedDecisions(TableServiceClient service, StorageClock storage)
{
    private const string KeptColumn = "Kept";

    private readonly TableClient table = service.GetTableClient("ImageDecisions");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    /// <summary>The two are not duplicates. Replaces an earlier decision.</summary>
    public Task RememberAsync(string idA, string sha256A, string idB, string sha256B, CancellationToken cancellation) =>
        WriteAsync(KeyOf(idA, sha256A, idB, sha256B), new() { ["Decision"] = "not-duplicate" }, cancellation);

    /// <summary>The first is kept instead of the second. Replaces an earlier decision.</summary>
    public Task PreferAsync(string keptId, string keptSha256, string otherId, string otherSha256, CancellationToken cancellation) =>
        WriteAsync(
            KeyOf(keptId, keptSha256, otherId, otherSha256),
            new() { ["Decision"] = "preferred", [KeptColumn] = keptId },
            cancellation
        );

    /// <summary>The decision about two images, in either order; null if there is none.</summary>
    public async Task<PairDecision?> FindAsync(string idA, string sha256A, string idB, string sha256B, CancellationToken cancellation)
    {
        var (partition, row) = KeyOf(idA, sha256A, idB, sha256B);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, [KeptColumn], cancellation);
        return found.HasValue ? new PairDecision(found.Value!.GetString(KeptColumn)) : null;
    }

    private async Task WriteAsync((string Partition, string Row) key, TableEntity entity, CancellationToken cancellation)
    {
        (entity.PartitionKey, entity.RowKey) = key;
        entity["DecidedAt"] = await storage.NowAsync(cancellation);
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellation);
    }

    private static (string Partition, string Row) KeyOf(string idA, string sha256A, string idB, string sha256B)
    {
        var a = $"{idA}:{sha256A}";
        var b = $"{idB}:{sha256B}";
        return string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
    }
}
