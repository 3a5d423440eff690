using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Reads all groups one after another, in the order of their ids, the members of each from the largest file down. Memory does not grow with
/// their number, and a reading can continue after any row.
/// </summary>
internal sealed class DuplicateScan(TableServiceClient service)
{
    private const int PageSize = 1000;

    private readonly TableClient table = service.GetTableClient("ImageDuplicates");

    /// <summary>The rows after one of them, or all.</summary>
    public async IAsyncEnumerable<GroupRow> RowsAsync(
        (string KeptId, string Key)? after,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var (first, last) = (GroupKey(DuplicateKind.Quarantined, ""), GroupKey(DuplicateKind.LookAlike, "~"));
        if (after is var (keptId, key) && ImagePath.IsId(keptId))
        {
            var rest = $"PartitionKey eq '{keptId}' and {TableClient.CreateQueryFilter($"RowKey gt {key} and RowKey lt {last}")}";
            await foreach (var row in QueryAsync(rest, cancellation))
            {
                yield return row;
            }
        }

        // The groups' partitions lie between those of the whole list, which would be read for nothing.
        string[] bounds = ["", .. Enum.GetValues<DuplicateSort>().Select(sort => Names.Of(sort)).Order(StringComparer.Ordinal)];
        for (var part = 0; part + 1 < bounds.Length; part++)
        {
            var from = after is var (read, _) && string.CompareOrdinal(read, bounds[part]) > 0 ? read : bounds[part];
            if (string.CompareOrdinal(from, bounds[part + 1]) < 0)
            {
                var filter = TableClient.CreateQueryFilter(
                    $"PartitionKey gt {from} and PartitionKey lt {bounds[part + 1]} and RowKey gt {first} and RowKey lt {last}"
                );
                await foreach (var row in QueryAsync(filter, cancellation))
                {
                    yield return row;
                }
            }
        }
    }

    private async IAsyncEnumerable<GroupRow> QueryAsync(string filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (
            var row in table.QueryAsync<TableEntity>(filter, PageSize, ["PartitionKey", "RowKey"], cancellationToken: cancellation)
        )
        {
            // Unreadable rows are ignored; a reconciliation reports them.
            if (RowOf(row) is { } read)
            {
                yield return read;
            }
        }
    }

    private static GroupRow? RowOf(TableEntity row) =>
        row.RowKey.Split('|') is [_, var kind, var value, var id]
        && ImagePath.IsId(row.PartitionKey)
        && ImagePath.IsId(id)
        && int.TryParse(kind, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && Enum.IsDefined((DuplicateKind)number)
        && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var left)
            ? new GroupRow(row.PartitionKey, row.RowKey, id, (DuplicateKind)number, long.MaxValue - left)
            : null;

    private static string GroupKey(DuplicateKind kind, string value) => $"{Names.Of(DuplicateSort.Size)}|{(int)kind}|{value}";
}
