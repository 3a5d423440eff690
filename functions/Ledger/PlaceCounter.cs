using System.Net;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The row with the last place taken in the log. Every transaction that takes places moves it.</summary>
internal sealed class PlaceCounter(TableServiceClient service, TableClient table, StorageClock storage)
{
    // Set only by the holder of the log's lock.
    private bool isBehind;

    /// <summary>The row, or null, and the number of the last place.</summary>
    public async Task<(TableEntity? Row, long Last)> ReadAsync()
    {
        var row = await RowAsync(CancellationToken.None);
        return (row, await LastAsync(row));
    }

    /// <summary>Moves it, provided nobody has since it was read.</summary>
    public static TableTransactionAction Move(TableEntity? read, long last)
    {
        var moved = new TableEntity(AnnouncementTable.Partition, AnnouncementTable.CounterKey) { ["Last"] = last };
        return read is null ? new(TableTransactionActionType.Add, moved) : new(TableTransactionActionType.UpdateReplace, moved, read.ETag);
    }

    /// <summary>Places and counter are written together: a place above the counter means that the counter is damaged.</summary>
    public void NoteOutcome(bool isPlaceTaken) => isBehind = isPlaceTaken;

    /// <summary>The time in ticks, which is above every place ever taken.</summary>
    public async Task<long> BeyondAsync() => (await storage.NowAsync(CancellationToken.None)).UtcTicks;

    /// <summary>What is wrong with the counter, given the highest place in any record; null if nothing is.</summary>
    public async Task<string?> FaultAsync(long highest, CancellationToken cancellation)
    {
        var row = await RowAsync(cancellation);
        return highest == 0
            ? null
            : FaultOf(row) ?? (row!.GetInt64("Last") < highest ? $"The counter of places is behind: a record has place {highest}." : null);
    }

    /// <summary>
    /// Moves the counter above every place, including the highest in any record; false if another writer was first.
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
    /// The number of the last place. If the counter is damaged, or missing although images have places, it continues from the time in
    /// ticks, which is above every place ever taken.
    /// </summary>
    private async Task<long> LastAsync(TableEntity? counter)
    {
        if (counter is null && !await ArePlacesTakenAsync())
        {
            return 0;
        }

        return isBehind || FaultOf(counter) is not null ? await BeyondAsync() : counter!.GetInt64("Last")!.Value;
    }

    private static string? FaultOf(TableEntity? counter)
    {
        if (counter is null)
        {
            return "The counter of places is missing.";
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
