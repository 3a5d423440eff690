using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Duplicates.Listing;

/// <summary>A row of the list: an image in one order.</summary>
internal sealed record DuplicateRow(string Key, string Id, string KeptId, DuplicateFinding Finding, ETag Version);

/// <summary>
/// The list of duplicates as a table that is read in order. The partitions <c>confidence</c>, <c>size</c> and <c>date</c> hold
/// every listed image; the partition of a kept image holds its group, in each of the three orders. So a page of the list, or of
/// a group, is one range of rows, however many there are.
/// </summary>
internal sealed class DuplicateTable(TableServiceClient service)
{
    private static readonly DuplicateSort[] Sorts = Enum.GetValues<DuplicateSort>();

    private readonly TableClient table = service.GetTableClient("ImageDuplicates");

    public Task EnsureAsync(CancellationToken cancellation) => table.CreateIfNotExistsAsync(cancellation);

    public async Task AddAsync(DuplicateEntry entry, CancellationToken cancellation)
    {
        var writes = SortsOf(entry).Select(sort => table.UpsertEntityAsync(Row(PartitionOf(sort), entry.KeyOf(sort), entry), TableUpdateMode.Replace, cancellation))
            .ToList<Task>();
        if (entry.Kind != DuplicateKind.Near)
        {
            writes.Add(table.SubmitTransactionAsync(
                Sorts.Select(sort => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace, Row(entry.KeptId, GroupKey(sort, entry.KeyOf(sort)), entry))),
                cancellation));
        }

        await Task.WhenAll(writes);
    }

    /// <summary>Deletes the rows of an entry, but not those that are rows of <paramref name="except"/> too.</summary>
    public Task RemoveAsync(DuplicateEntry entry, DuplicateEntry? except, CancellationToken cancellation)
    {
        var kept = except is null ? [] : KeysOf(except).ToHashSet();
        return Task.WhenAll(KeysOf(entry).Where(key => !kept.Contains(key))
            .Select(key => table.DeleteEntityAsync(key.Partition, key.Row, ETag.All, cancellation)));
    }

    /// <summary>Deletes a row that was found to be untrue, unless it was written again since it was read.</summary>
    public Task ForgetAsync(DuplicateSort sort, DuplicateRow row, CancellationToken cancellation) =>
        table.TryDeleteAsync(PartitionOf(sort), row.Key, row.Version, cancellation);

    /// <summary>The rows of the list with <paramref name="after"/> &lt; key &lt; <paramref name="before"/>, in order.</summary>
    public IAsyncEnumerable<DuplicateRow> ReadAsync(DuplicateSort sort, string after, string before, int? atMost, CancellationToken cancellation) =>
        ReadAsync(PartitionOf(sort), "", after, before, atMost, cancellation);

    /// <summary>The same within the group of one kept image.</summary>
    public IAsyncEnumerable<DuplicateRow> ReadGroupAsync(
        string keptId, DuplicateSort sort, string after, string before, int? atMost, CancellationToken cancellation) =>
        ReadAsync(keptId, GroupKey(sort, ""), after, before, atMost, cancellation);

    /// <summary>The ids of what a kept image displaced into quarantine.</summary>
    public IAsyncEnumerable<string> QuarantinedAsync(string keptId, CancellationToken cancellation)
    {
        var (from, to) = DuplicateEntry.RangeOf(DuplicateKind.Quarantined);
        return ReadGroupAsync(keptId, DuplicateSort.Date, from, to, null, cancellation).Select(row => row.Id);
    }

    private async IAsyncEnumerable<DuplicateRow> ReadAsync(
        string partition, string prefix, string after, string before, int? atMost,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var left = atMost ?? int.MaxValue;
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {prefix + after} and RowKey lt {prefix + before}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, Math.Min(left, 1000), cancellationToken: cancellation))
        {
            var key = row.RowKey[prefix.Length..];
            yield return new DuplicateRow(
                key, key[(key.LastIndexOf('|') + 1)..], row.GetString("Kept"), (DuplicateFinding)row.GetInt32("Finding")!.Value, row.ETag);
            if (--left == 0)
            {
                yield break;
            }
        }
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

    /// <summary>What is only near is counted by its score, and listed nowhere.</summary>
    private static DuplicateSort[] SortsOf(DuplicateEntry entry) => entry.Kind == DuplicateKind.Near ? [DuplicateSort.Confidence] : Sorts;

    private static string PartitionOf(DuplicateSort sort) => Search.Names.Of(sort);

    private static string GroupKey(DuplicateSort sort, string key) => $"{PartitionOf(sort)}|{key}";

    private static TableEntity Row(string partition, string key, DuplicateEntry entry) => new(partition, key)
    {
        ["Kept"] = entry.KeptId,
        ["Finding"] = (int)entry.Finding,
    };
}
