using Azure;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Sheets;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>How far the making of a sheet's parts has come.</summary>
/// <param name="Sheet">The row as written; null if another worker was first.</param>
/// <param name="IsGone">There is another file at its path, or none: that has its own message.</param>
internal readonly record struct MadePages(StoredSheet? Sheet, bool IsGone = false);

/// <summary>
/// Takes a sheet apart and writes its parts into the ledger, page by page: a message that comes again goes on with the next page. One sheet
/// at a time in this process, because its pages may be large.
/// </summary>
internal sealed class MakePages(
    ImageStore store,
    ImageReader reader,
    PageMaker maker,
    ComparePage compare,
    SheetLedger sheets,
    TimeProvider clock
) : IDisposable
{
    /// <summary>Well within a function's time limit: the next message continues.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly SemaphoreSlim turn = new(1);

    /// <param name="sheet">Its row, of this file; not whole yet.</param>
    /// <exception cref="EmbeddingUnavailableException">The model cannot be reached.</exception>
    public async Task<MadePages> RunAsync(ImageRecord record, StoredSheet sheet, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var facts = new StoredImageFacts(record.Bytes, new ETag(record.BlobETag), record.UploadedAt, []);
            if (await store.ReadAsync(record.Path, facts, cancellation) is not { } bytes)
            {
                return new MadePages(null, IsGone: true);
            }

            var check = await reader.CheckAsync(bytes, DecodeTimeout.Unlimited with { Cancellation = cancellation });
            return check.Image is not { } image
                    ? new MadePages(await EndAsync(sheet with { Problem = $"It cannot be read: {check.Reason}" }, cancellation))
                : image.Sha256 != record.Sha256 ? new MadePages(null, IsGone: true)
                : new MadePages(await PagesAsync(record, image, sheet, cancellation));
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<StoredSheet?> PagesAsync(ImageRecord record, CheckedImage image, StoredSheet sheet, CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var pages = record.Format!.Value.HasPages() ? image.Frames : 1;
        var readable = Math.Min(image.FramesReadable ? pages : 1, SheetRule.MostPages);
        sheet = sheet with { Pages = pages, Problem = ProblemOf(pages, readable) };
        while (sheet.PagesDone < readable && clock.GetElapsedTime(started) < Longest)
        {
            if (await PageAsync(record, image, sheet, cancellation) is not { } written)
            {
                return null;
            }

            sheet = written;
        }

        return sheet.PagesDone < readable ? sheet : await EndAsync(sheet, cancellation);
    }

    private async Task<StoredSheet?> PageAsync(ImageRecord record, CheckedImage image, StoredSheet sheet, CancellationToken cancellation)
    {
        var page = sheet.PagesDone + 1;
        var next = sheet with { PagesDone = page };
        try
        {
            var parts = await maker.OfAsync(record, image, page, cancellation);
            if (parts.Count > 0)
            {
                parts = [await compare.RunAsync(parts[0], cancellation), .. parts.Skip(1)];
                await sheets.WriteAsync(parts, cancellation);
            }

            next = next with { Parts = sheet.Parts + parts.Count };
        }
        catch (Exception error) when (error is UndecodableException or EmbeddingRefusedException)
        {
            next = next with { Problem = sheet.Problem ?? $"Page {page} cannot be searched: {error.Message}" };
        }

        return await sheets.TryWriteAsync(next, cancellation);
    }

    private Task<StoredSheet?> EndAsync(StoredSheet sheet, CancellationToken cancellation) =>
        sheets.TryWriteAsync(sheet with { IsWhole = true }, cancellation);

    private static string? ProblemOf(int pages, int readable) =>
        readable == pages ? null
        : readable == 1 ? "The pages after the first cannot be read."
        : $"Only the first {readable:N0} of {pages:N0} pages are searched.";
}
