using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Sheets;

namespace Serverless.Reconcile;

/// <summary>What a comparison reads besides the ledger of images.</summary>
internal sealed record ComparedStores(StoredImages Images, SheetComparison Sheets);

/// <summary>
/// Compares the sheets of a range with their records and with the index of their parts. Of the parts themselves only the number is held, by
/// sheet.
/// </summary>
internal sealed class SheetComparison(SheetLedger sheets, PartIndex index, SheetRule rule, EmbeddingModel model)
{
    public EmbeddingModel Model => model;

    public async Task<IReadOnlyList<Finding>> RunAsync(
        IReadOnlyDictionary<string, ImageBrief> records,
        IdRange range,
        DateTimeOffset settledBefore,
        CancellationToken cancellation
    )
    {
        var documents = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var (_, sheet) in index.ListAsync(cancellation))
        {
            if (range.Contains(sheet))
            {
                documents[sheet] = documents.GetValueOrDefault(sheet) + 1;
            }
        }

        var rows = new Dictionary<string, StoredSheet>(StringComparer.Ordinal);
        await foreach (var sheet in sheets.ListAsync(cancellation))
        {
            if (range.Contains(sheet.Id))
            {
                rows[sheet.Id] = sheet;
            }
        }

        var found = new List<Finding>();
        foreach (var id in rows.Keys.Concat(documents.Keys).Concat(records.Keys.Where(id => MayHaveParts(records[id]))).Distinct())
        {
            var (record, sheet) = (records.GetValueOrDefault(id), rows.GetValueOrDefault(id));
            if (Of(record, sheet, documents.GetValueOrDefault(id), settledBefore) is { } kind)
            {
                found.Add(new Finding(kind, id, record?.Path is { IsKnown: true } path ? path.ToString() : null));
            }
        }

        return found;
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
