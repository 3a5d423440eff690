using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The records of images, and of the pages of sheets, which are images too.</summary>
internal sealed class ImageRecords(ImageLedger ledger, SheetLedger sheets)
{
    public async Task<ImageRecord?> FindAsync(string id, CancellationToken cancellation)
    {
        if (!ImagePath.IsId(id))
        {
            return null;
        }

        return await ledger.FindAsync(id, cancellation)
            ?? (await sheets.PageAsync(id, cancellation) is { } page ? await PageAsync(page, cancellation) : null);
    }

    /// <summary>What is uploaded under a name that ends as that of a page goes before the page.</summary>
    public async Task<ImageRecord?> FindAsync(ImagePath path, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(path.Id, cancellation);
        return
            record is null or { State: ImageState.Removed }
            && path.AsPage() is var (sheet, number)
            && await sheets.PageAsync(sheet.Id, number, cancellation) is { } page
            ? await PageAsync(page, cancellation) ?? record
            : record;
    }

    /// <summary>Null where the sheet is gone, or is another file by now.</summary>
    private async Task<ImageRecord?> PageAsync(SheetPart page, CancellationToken cancellation)
    {
        var (record, sheet) = (ledger.FindAsync(page.Sheet.Id, cancellation), sheets.FindAsync(page.Sheet.Id, cancellation));
        await Task.WhenAll(record, sheet);
        return
            await record is { State: not (ImageState.Removed or ImageState.Unreadable), Sha256: { } sha256 } owner
            && page.MadeOf.StartsWith(sha256, StringComparison.Ordinal)
            && (await sheet)?.Pages is { } pages and > 0
            ? PageOfSheet.Of(owner, page, pages)
            : null;
    }
}
