using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Pairs of images that a person marked as not duplicates. A pair is keyed by path and bytes on both sides, so it survives re-indexing and
/// a change of model, and neither a third copy nor other bytes at the same path inherit it.
/// </summary>
internal sealed class RememberedDecisions(TableServiceClient service, StorageClock storage)
{
    private readonly TableClient table = service.GetTableClient("ImageDecisions");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task RememberAsync(string idA, string sha256A, string idB, string sha256B, CancellationToken cancellation)
    {
        var (partition, row) = KeyOf(idA, sha256A, idB, sha256B);
        await table.UpsertEntityAsync(
            new TableEntity(partition, row) { ["Decision"] = "not-duplicate", ["DecidedAt"] = await storage.NowAsync(cancellation) },
            TableUpdateMode.Replace,
            cancellation
        );
    }

    public async Task<bool> HoldsAsync(string idA, string sha256A, string idB, string sha256B, CancellationToken cancellation)
    {
        var (partition, row) = KeyOf(idA, sha256A, idB, sha256B);
        return (await table.GetEntityIfExistsAsync<TableEntity>(partition, row, ["RowKey"], cancellation)).HasValue;
    }

    private static (string Partition, string Row) KeyOf(string idA, string sha256A, string idB, string sha256B)
    {
        var a = $"{idA}:{sha256A}";
        var b = $"{idB}:{sha256B}";
        return string.CompareOrdinal(a, b) < 0 ? (a, b) : (b, a);
    }
}
