using Azure;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>A row of the list: an image in one sort order.</summary>
/// <param name="Fault">Why the row cannot be read; null if it can.</param>
internal sealed record DuplicateRow(string Key, string Id, string KeptId, DuplicateFinding Finding, ETag Version, string? Fault = null);

/// <summary>A stored row of the list or of a group.</summary>
internal sealed record StoredDuplicateRow(string Partition, string Key, string Id, string KeptId, DuplicateFinding Finding, ETag Version);

/// <summary>
/// The list of duplicates, stored in sort order. The partitions <c>confidence</c>, <c>size</c> and <c>date</c> hold every listed image; a
/// kept image's partition holds its group in all three orders. So a page of the list, or of a group, is one range of rows, whatever the
/// total.
/// </summary>
internal sealed class DuplicateTable(TableServiceClient service)
{
    private static readonly DuplicateSort[] Sorts = Enum.GetValues<DuplicateSort>();

    private readonly TableClient table = service.GetTableClient("ImageDuplicates");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task AddAsync(DuplicateEntry entry, CancellationToken cancellation)
    {
        var writes = SortsOf(entry)
            .Select(sort =>
                table.UpsertEntityAsync(Row(PartitionOf(sort), entry.KeyOf(sort), entry), TableUpdateMode.Replace, cancellation)
            )
            .ToList<Task>();
        if (entry.Kind != DuplicateKind.Near)
        {
            writes.Add(
                table.SubmitTransactionAsync(
                    Sorts.Select(sort => new TableTransactionAction(
                        TableTransactionActionType.UpsertReplace,
                        Row(entry.KeptId, GroupKey(sort, entry.KeyOf(sort)), entry)
                    )),
                    cancellation
                )
            );
        }

        await Task.WhenAll(writes);
    }

    /// <summary>Deletes an entry's rows, except those shared with <paramref name="except"/>.</summary>
    public Task RemoveAsync(DuplicateEntry entry, DuplicateEntry? except, CancellationToken cancellation)
    {
        var kept = except is null ? [] : KeysOf(except).ToHashSet();
        return Task.WhenAll(
            KeysOf(entry)
                .Where(key => !kept.Contains(key))
                .Select(key => table.DeleteEntityAsync(key.Partition, key.Row, ETag.All, cancellation))
        );
    }

    /// <summary>Deletes an incorrect row, unless it was rewritten since it was read.</summary>
    public Task ForgetAsync(DuplicateSort sort, DuplicateRow row, CancellationToken cancellation) =>
        table.TryDeleteAsync(PartitionOf(sort), row.Key, row.Version, cancellation);

    /// <summary>The rows of the list with <paramref name="after"/> &lt; key &lt; <paramref name="before"/>, in order.</summary>
    public IAsyncEnumerable<DuplicateRow> ReadAsync(
        DuplicateSort sort,
        string after,
        string before,
        int? atMost,
        CancellationToken cancellation
    ) => ReadAsync(PartitionOf(sort), "", after, before, atMost, cancellation);

    /// <summary>The same within one kept image's group.</summary>
    public IAsyncEnumerable<DuplicateRow> ReadGroupAsync(
        string keptId,
        DuplicateSort sort,
        string after,
        string before,
        int? atMost,
        CancellationToken cancellation
    ) => ReadAsync(keptId, GroupKey(sort, ""), after, before, atMost, cancellation);

    /// <summary>The ids of images that a kept image displaced into quarantine, those in the trash included.</summary>
    public IAsyncEnumerable<string> QuarantinedAsync(string keptId, CancellationToken cancellation) =>
        MembersAsync(keptId, DuplicateKind.Quarantined, cancellation).Concat(MembersAsync(keptId, DuplicateKind.Trashed, cancellation));

    /// <summary>The ids of all images in the trash.</summary>
    public IAsyncEnumerable<string> TrashedAsync(CancellationToken cancellation)
    {
        var (from, to) = DuplicateEntry.RangeOf(DuplicateKind.Trashed);
        return ReadAsync(DuplicateSort.Date, from, to, null, cancellation).Select(row => row.Id).Where(ImagePath.IsId);
    }

    private IAsyncEnumerable<string> MembersAsync(string keptId, DuplicateKind kind, CancellationToken cancellation)
    {
        var (from, to) = DuplicateEntry.RangeOf(kind);
        return ReadGroupAsync(keptId, DuplicateSort.Date, from, to, null, cancellation).Select(row => row.Id).Where(ImagePath.IsId);
    }

    private async IAsyncEnumerable<DuplicateRow> ReadAsync(
        string partition,
        string prefix,
        string after,
        string before,
        int? atMost,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var left = atMost ?? int.MaxValue;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey gt {prefix + after} and RowKey lt {prefix + before}"
        );
        await foreach (var row in table.QueryAsync<TableEntity>(filter, Math.Min(left, 1000), cancellationToken: cancellation))
        {
            yield return RowOf(row, row.RowKey[prefix.Length..]);
            if (--left == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Every row of the list, or those written since a time, by the table service's clock.</summary>
    public async IAsyncEnumerable<StoredDuplicateRow> StoredAsync(
        DateTimeOffset? since,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var filter = since is { } from ? TableClient.CreateQueryFilter($"Timestamp ge {from}") : null;
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return StoredRowOf(row);
        }
    }

    public async Task<StoredDuplicateRow?> FindAsync(string partition, string key, CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellation);
        return row.HasValue ? StoredRowOf(row.Value!) : null;
    }

    /// <summary>The distinct ids in the list.</summary>
    public async IAsyncEnumerable<string> IdsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(DuplicateSort.Confidence)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: cancellation))
        {
            yield return row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..];
        }
    }

    /// <summary>Whether the row belongs to the entry and agrees with it.</summary>
    public static bool IsRowOf(StoredDuplicateRow row, DuplicateEntry? entry) =>
        entry is not null && row.KeptId == entry.KeptId && row.Finding == entry.Finding && KeysOf(entry).Contains((row.Partition, row.Key));

    /// <summary>Rewrites the entry's rows, and deletes the given row if it is not one of them.</summary>
    public async Task RepairAsync(string partition, string key, ETag version, DuplicateEntry? entry, CancellationToken cancellation)
    {
        if (entry is not null)
        {
            await AddAsync(entry, cancellation);
        }

        if (entry is null || !KeysOf(entry).Contains((partition, key)))
        {
            await table.TryDeleteAsync(partition, key, version, cancellation);
        }
    }

    /// <summary>An unreadable row belongs to no entry.</summary>
    private static StoredDuplicateRow StoredRowOf(TableEntity row)
    {
        var read = RowOf(row, row.RowKey);
        return new StoredDuplicateRow(row.PartitionKey, row.RowKey, read.Id, read.Fault is null ? read.KeptId : "", read.Finding, row.ETag);
    }

    private static DuplicateRow RowOf(TableEntity row, string key)
    {
        var columns = new Columns(row);
        var parts = key.Split('|');
        var id = parts[^1];
        var kept = columns.Required("Kept");
        var finding = (DuplicateFinding)columns.Int32("Finding");
        columns.Require(
            parts.Length >= 3 && ImagePath.IsId(id) && parts[^2].All(char.IsAsciiDigit) && long.TryParse(parts[^2], out _),
            "Its key is not one of the list."
        );
        columns.Require(ImagePath.IsId(kept), "The column Kept is not an id.");
        columns.Require(Enum.IsDefined(finding), "The column Finding is not a finding.");
        return new DuplicateRow(key, id, kept, finding, row.ETag, columns.Fault);
    }

    private static IEnumerable<(string Partition, string Row)> KeysOf(DuplicateEntry entry)
    {
        foreach (var sort in SortsOf(entry))
        {
            yield return (PartitionOf(sort), entry.KeyOf(sort));
        }

        if (entry.Kind != DuplicateKind.Near)
        {
            foreach (var sort in Sorts)
            {
                yield return (entry.KeptId, GroupKey(sort, entry.KeyOf(sort)));
            }
        }
    }

    /// <summary>An image that is only near is counted by its score, but not listed.</summary>
    private static DuplicateSort[] SortsOf(DuplicateEntry entry) => entry.Kind == DuplicateKind.Near ? [DuplicateSort.Confidence] : Sorts;

    private static string PartitionOf(DuplicateSort sort) => Names.Of(sort);

    private static string GroupKey(DuplicateSort sort, string key) => $"{PartitionOf(sort)}|{key}";

    private static TableEntity Row(string partition, string key, DuplicateEntry entry) =>
        new(partition, key) { ["Kept"] = entry.KeptId, ["Finding"] = (int)entry.Finding };
}
