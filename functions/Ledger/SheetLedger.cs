using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Sheets and their parts, strongly consistent (Azure Table storage). A partition has the parts of a sheet, with their vectors: the index
/// of parts can be made of them without reading a file.
/// </summary>
internal sealed class SheetLedger(TableServiceClient service)
{
    private const int MostInTransaction = 100;
    private const string OfPage = "page";
    private readonly TableClient sheets = service.GetTableClient("ImageSheets");
    private readonly TableClient parts = service.GetTableClient("ImageParts");

    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await sheets.CreateIfNotExistsAsync(cancellation);
        await parts.CreateIfNotExistsAsync(cancellation);
    }

    public async Task<StoredSheet?> FindAsync(string id, CancellationToken cancellation)
    {
        var row = await sheets.GetEntityIfExistsAsync<TableEntity>(ImageRecordTable.PartitionOf(id), id, cancellationToken: cancellation);
        return row.HasValue ? StoredSheet.FromEntity(row.Value!) : null;
    }

    /// <summary>The sheets of a range, a page of rows at a time: no other row is read.</summary>
    /// <param name="from">The first id; empty for the first of all.</param>
    /// <param name="to">The first id that is not in the range; null for none.</param>
    public async IAsyncEnumerable<StoredSheet> ListAsync(string from, string? to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = from.Length > 0 ? ImageRecordTable.PartitionOf(from) : "";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and RowKey ge {from}");
        if (to is not null)
        {
            filter += TableClient.CreateQueryFilter($" and PartitionKey le {ImageRecordTable.PartitionOf(to)} and RowKey lt {to}");
        }

        await foreach (var row in sheets.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return StoredSheet.FromEntity(row);
        }
    }

    /// <summary>Writes the row; null if another writer was first.</summary>
    public async Task<StoredSheet?> TryWriteAsync(StoredSheet sheet, CancellationToken cancellation) =>
        await sheets.TryWriteAsync(sheet.ToEntity(), sheet.RowVersion, cancellation) is { } version
            ? sheet with
            {
                RowVersion = version,
            }
            : null;

    /// <summary>The parts of a sheet, by page and tile.</summary>
    public async IAsyncEnumerable<SheetPart> PartsAsync(string sheetId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {sheetId} and RowKey ne {OfPage}");
        await foreach (var row in parts.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            if (SheetPartTable.FromEntity(row) is { } part)
            {
                yield return part;
            }
        }
    }

    public async Task<SheetPart?> PageAsync(string sheetId, int page, CancellationToken cancellation)
    {
        var row = await parts.GetEntityIfExistsAsync<TableEntity>(sheetId, SheetPart.KeyOf(page, 0), cancellationToken: cancellation);
        return row.HasValue ? SheetPartTable.FromEntity(row.Value!) : null;
    }

    /// <summary>The page with that id.</summary>
    public async Task<SheetPart?> PageAsync(string pageId, CancellationToken cancellation)
    {
        var row = await parts.GetEntityIfExistsAsync<TableEntity>(pageId, OfPage, cancellationToken: cancellation);
        return row.HasValue && row.Value!.GetString("Sheet") is { } sheet && row.Value.GetInt32("Page") is { } page
            ? await PageAsync(sheet, page, cancellation)
            : null;
    }

    /// <summary>Writes a page and its tiles.</summary>
    public async Task WriteAsync(IReadOnlyList<SheetPart> page, CancellationToken cancellation)
    {
        var (sheet, path) = (page[0].Sheet, page[0].Path);
        await parts.UpsertEntityAsync(
            new TableEntity(path.Id, OfPage) { ["Sheet"] = sheet.Id, ["Page"] = page[0].Page },
            TableUpdateMode.Replace,
            cancellation
        );
        await SubmitAsync(
            page.Select(part => new TableTransactionAction(TableTransactionActionType.UpsertReplace, SheetPartTable.ToEntity(part))),
            cancellation
        );
    }

    /// <summary>The rows of parts that are not made of something, or of all parts, without what is in them.</summary>
    /// <param name="madeOf">What the parts that are left out are made of; null for none.</param>
    public async Task<IReadOnlyList<TableEntity>> RowsAsync(string sheetId, string? madeOf, CancellationToken cancellation) =>
        await parts
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {sheetId} and RowKey ne {OfPage}"),
                select: ["PartitionKey", "RowKey", "Sheet", "MadeOf", "Page", "Tile"],
                cancellationToken: cancellation
            )
            .Where(row => madeOf is null || row.GetString("MadeOf") != madeOf)
            .ToListAsync(cancellation);

    /// <summary>Removes rows; their documents must be gone before.</summary>
    public async Task RemoveAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellation)
    {
        foreach (var row in rows.Where(row => row.GetInt32("Tile") == 0))
        {
            if (ImagePath.TryParse(row.GetString("Sheet")) is { } sheet && row.GetInt32("Page") is { } page)
            {
                await parts.TryDeleteAsync(sheet.Page(page).Id, OfPage, ETag.All, cancellation);
            }
        }

        await SubmitAsync(
            rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.Delete,
                new TableEntity(row.PartitionKey, row.RowKey)
            )),
            cancellation
        );
    }

    public Task<bool> TryDeleteAsync(StoredSheet sheet, CancellationToken cancellation) =>
        sheets.TryDeleteAsync(ImageRecordTable.PartitionOf(sheet.Id), sheet.Id, sheet.RowVersion, cancellation);

    private async Task SubmitAsync(IEnumerable<TableTransactionAction> actions, CancellationToken cancellation)
    {
        foreach (var some in actions.Chunk(MostInTransaction))
        {
            await parts.SubmitTransactionAsync(some, cancellation);
        }
    }
}
