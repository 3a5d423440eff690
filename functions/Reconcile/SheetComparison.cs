using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Sheets;

namespace Serverless.Reconcile;

/// <summary>What a comparison reads besides the ledger of images.</summary>
internal sealed record ComparedStores(StoredImages Images, SheetComparison Sheets);

/// <summary>
/// Compares the sheets of a range with their records and with the index of their parts. Of the parts only the number is read, by sheet.
/// </summary>
internal sealed class SheetComparison(SheetLedger sheets, ImageLedger ledger, PartIndex index, SheetRule rule, EmbeddingModel model)
{
    public EmbeddingModel Model => model;

    public async Task<IReadOnlyList<Finding>> RunAsync(
        IReadOnlyDictionary<string, ImageBrief> records,
        IdRange range,
        DateTimeOffset settledBefore,
        CancellationToken cancellation
    )
    {
        var rows = new Dictionary<string, StoredSheet>(StringComparer.Ordinal);
        await foreach (var sheet in sheets.ListAsync(range.From, range.To, cancellation))
        {
            rows[sheet.Id] = sheet;
        }

        var ids = rows.Keys.Union(records.Keys.Where(id => MayHaveParts(records[id]))).ToList();
        var documents = await index.CountsAsync(ids, cancellation);
        var found = new List<Finding>();
        foreach (var id in ids)
        {
            var (record, count) = (records.GetValueOrDefault(id), documents.GetValueOrDefault(id));
            if (Of(record, rows.GetValueOrDefault(id), count, settledBefore) is { } kind)
            {
                // Its row was read before the index: it may have changed meanwhile.
                var now = Of(record, await sheets.FindAsync(id, cancellation), count, settledBefore);
                Add(found, id, record, now == kind ? kind : null);
            }
        }

        if (range.To is null)
        {
            await AddStraysAsync(found, settledBefore, cancellation);
        }

        return found;
    }

    /// <summary>
    /// Adds the sheets that only the index of parts knows. It can be listed as a whole only, so this is done once for all ranges.
    /// </summary>
    private async Task AddStraysAsync(List<Finding> found, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        var strays = await index.SheetsAsync(cancellation).ToHashSetAsync(StringComparer.Ordinal, cancellation);
        await foreach (var sheet in sheets.ListAsync("", null, cancellation))
        {
            strays.Remove(sheet.Id);
        }

        foreach (var id in strays)
        {
            var record = await ledger.FindAsync(id, cancellation);
            var brief = record is null ? null : ImageBrief.Of(record);
            if (brief is null || !MayHaveParts(brief))
            {
                Add(found, id, brief, Of(brief, null, 1, settledBefore));
            }
        }
    }

    private static void Add(List<Finding> found, string id, ImageBrief? record, DifferenceKind? kind)
    {
        if (kind is { } difference)
        {
            found.Add(new Finding(difference, id, record?.Path is { IsKnown: true } path ? path.ToString() : null));
        }
    }

    /// <summary>Whether a finding still holds.</summary>
    public async Task<bool> StillHoldsAsync(
        DifferenceKind kind,
        ImageRecord? record,
        string id,
        DateTimeOffset settledBefore,
        CancellationToken cancellation
    )
    {
        var documents = await index.IdsOfAsync(id, cancellation);
        var brief = record is null ? null : ImageBrief.Of(record);
        return Of(brief, await sheets.FindAsync(id, cancellation), documents.Count, settledBefore) == kind;
    }

    /// <summary>The difference, or null if all agree. What was written lately may still be in progress.</summary>
    internal DifferenceKind? Of(ImageBrief? record, StoredSheet? sheet, int documents, DateTimeOffset settledBefore)
    {
        if (record?.WrittenAt >= settledBefore || sheet?.WrittenAt >= settledBefore)
        {
            return null;
        }

        return record switch
        {
            { State: ImageState.Unreadable or ImageState.Announced or ImageState.Indexing } => null,
            { State: ImageState.Indexed } when MayHaveParts(record) => IsComplete(record, sheet, documents)
                ? null
                : DifferenceKind.MissingParts,
            { State: ImageState.Quarantining or ImageState.Quarantined or ImageState.Restoring or ImageState.Waiting }
                when documents == 0 => null,
            _ when sheet is null && documents == 0 => null,
            { State: ImageState.Indexed } when !model.Is(record.Model, record.ModelRevision) && documents == 0 => null,
            _ => DifferenceKind.OrphanParts,
        };
    }

    private bool MayHaveParts(ImageBrief record) =>
        record.State == ImageState.Indexed
        && model.Is(record.Model, record.ModelRevision)
        && rule.MayHaveParts(new SheetFacts(record.Path, record.Format, record.Frames, record.Visual));

    private bool IsComplete(ImageBrief record, StoredSheet? sheet, int documents) =>
        sheet is { IsWhole: true, PublishedAs: not null }
        && sheet.MadeOf == rule.MadeOf(record.Path, record.Sha256)
        && sheet.Parts == documents;
}
