using System.Security.Cryptography;
using System.Text.Json;
using Serverless.Categories;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Pipeline.Steps;

/// <summary>Puts the parts of a sheet into their index, or takes them out; from the ledger, without reading the file.</summary>
internal sealed class PublishParts(SheetLedger sheets, PartIndex index, Tagger tagger)
{
    /// <summary>The row as written; null if another worker was first.</summary>
    public async Task<StoredSheet?> RunAsync(ImageRecord record, StoredSheet sheet, CancellationToken cancellation)
    {
        var stale = await sheets.RowsAsync(sheet.Id, sheet.MadeOf, cancellation);
        if (stale.Count > 0)
        {
            await RemoveAsync(sheet.Id, stale, cancellation);
        }

        var (labels, version) = await tagger.WithVersionAsync(record, cancellation);
        var image = ImageDocument.Of(record).With(labels, version);
        var stamp = StampOf(image, sheet);
        if (sheet.PublishedAs == stamp)
        {
            return sheet;
        }

        var documents = new List<ImageDocument>();
        await foreach (var part in sheets.PartsAsync(sheet.Id, cancellation))
        {
            documents.Add(ImageDocument.Of(part, image, sheet.Pages));
            if (documents.Count == PartIndex.MostWritten)
            {
                await index.WriteAsync(documents, cancellation);
                documents.Clear();
            }
        }

        if (documents.Count > 0)
        {
            await index.WriteAsync(documents, cancellation);
        }

        return await sheets.TryWriteAsync(sheet with { PublishedAs = stamp }, cancellation);
    }

    /// <summary>Takes out what the index has of a sheet, so that it is written again.</summary>
    public async Task RepairAsync(string id, CancellationToken cancellation)
    {
        await index.DeleteAsync(await index.IdsOfAsync(id, cancellation), cancellation);
        await TakeOutAsync(id, cancellation);
    }

    /// <summary>The sheet is not live: its parts are kept for the day when it is.</summary>
    public async Task TakeOutAsync(string id, CancellationToken cancellation)
    {
        if (await sheets.FindAsync(id, cancellation) is not { } sheet)
        {
            return;
        }

        var rows = await sheets.RowsAsync(id, null, cancellation);
        await index.DeleteAsync(rows.Select(row => $"{id}-{row.RowKey}"), cancellation);
        if (sheet.PublishedAs is not null)
        {
            await sheets.TryWriteAsync(sheet with { PublishedAs = null }, cancellation);
        }
    }

    /// <summary>The sheet is gone, or not to be taken apart: nothing stays.</summary>
    public async Task ForgetAsync(string id, CancellationToken cancellation)
    {
        var sheet = await sheets.FindAsync(id, cancellation);
        var rows = await sheets.RowsAsync(id, null, cancellation);
        await RemoveAsync(id, rows, cancellation);
        if (sheet is not null)
        {
            await sheets.TryDeleteAsync(sheet, cancellation);
        }
    }

    private async Task RemoveAsync(string id, IReadOnlyList<Azure.Data.Tables.TableEntity> rows, CancellationToken cancellation)
    {
        await index.DeleteAsync(rows.Select(row => $"{id}-{row.RowKey}"), cancellation);
        await sheets.RemoveAsync(rows, cancellation);
    }

    /// <summary>All that the documents say of the sheet, and what they are made of.</summary>
    private static string StampOf(ImageDocument image, StoredSheet sheet)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(image.WithoutVectors());
        return $"{Convert.ToHexStringLower(SHA256.HashData(text))[..32]}/{sheet.MadeOf}";
    }
}
