using System.Net;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The row that says which place of the log was taken last. Whoever takes places moves it in the same transaction.</summary>
internal sealed class PlaceCounter(TableServiceClient service, TableClient table, StorageClock storage)
{
    // Set by the holder of the log's turn only.
    private bool isBehind;

    /// <summary>The row, null where there is none, and the number of the last place.</summary>
    public async Task<(TableEntity? Row, long Last)> ReadAsync()
    {
        var row = await RowAsync(CancellationToken.None);
        return (row, await LastAsync(row));
    }

    /// <summary>Moves it on, where nobody moved it since it was read.</summary>
    public static TableTransactionAction Move(TableEntity? read, long last)
    {
        var moved = new TableEntity(AnnouncementTable.Partition, AnnouncementTable.CounterKey) { ["Last"] = last };
        return read is null ? new(TableTransactionActionType.Add, moved) : new(TableTransactionActionType.UpdateReplace, moved, read.ETag);
    }

    /// <summary>Places and counter are written together: a place beyond the counter means that the counter was damaged.</summary>
    public void NoteOutcome(bool isPlaceTaken) => isBehind = isPlaceTaken;

    /// <summary>What is wrong with the counter of places, given the highest place that a record has; null where nothing is.</summary>
    public async Task<string?> FaultAsync(long highest, CancellationToken cancellation)
    {
        var row = await RowAsync(cancellation);
        return highest == 0
            ? null
            : FaultOf(row)
                ?? (row!.GetInt64("Last") < highest ? $"The counter of places is behind: a record has the place {highest}." : null);
    }

    /// <summary>
    /// Lets the counter go on beyond every place, the highest that a record has among them; false where another writer was first.
    /// </summary>
    public async Task<bool> TryRestartAsync(long highest, CancellationToken cancellation)
    {
        var row = await RowAsync(cancellation);
        var restarted = new TableEntity(AnnouncementTable.Partition, AnnouncementTable.CounterKey)
        {
            ["Last"] = Math.Max(highest, (await storage.NowAsync(cancellation)).UtcTicks),
        };
        return await table.TryWriteAsync(restarted, row?.ETag ?? default, cancellation) is not null;
    }

    /// <summary>
    /// The number of the last place. Where the counter is damaged, or gone though images have places, it goes on from the time in
    /// ticks, which is beyond any place that was ever taken.
    /// </summary>
    private async Task<long> LastAsync(TableEntity? counter)
    {
        if (counter is null && !await ArePlacesTakenAsync())
        {
            return 0;
        }

        return isBehind || FaultOf(counter) is not null
            ? (await storage.NowAsync(CancellationToken.None)).UtcTicks
            : counter!.GetInt64("Last")!.Value;
    }

    private static string? FaultOf(TableEntity? counter)
    {
        if (counter is null)
        {
            return "The counter of places is gone.";
        }

        var columns = new Columns(counter);
        var last = columns.Int64("Last");
        columns.Require(last > 0 && last < AnnouncementTable.MostPlaces, $"It says {last}.");
        return columns.Fault is { } fault ? $"The counter of places is damaged. {fault}" : null;
    }

    private async Task<bool> ArePlacesTakenAsync()
    {
        try
        {
            return await service
                .GetTableClient("ImageRecords")
                .QueryAsync<TableEntity>("Sequence gt 0L", maxPerPage: 1, select: ["RowKey"])
                .AnyAsync();
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return false; // there is no ledger yet
        }
    }

    private async Task<TableEntity?> RowAsync(CancellationToken cancellation)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AnnouncementTable.Partition,
            AnnouncementTable.CounterKey,
            cancellationToken: cancellation
        );
        return row.HasValue ? row.Value : null;
    }
}
