using Serverless.Duplicates.Listing;
using Serverless.Embeddings;
using Serverless.Ingest;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>What a comparison found and counted.</summary>
internal sealed record Compared(IReadOnlyList<Finding> Findings, ReconcileCounts Checked);

/// <summary>
/// Lists bucket, quarantine, index and ledger, and tells where they disagree. Names, versions and states are compared in full;
/// what only the contents of a row show is read of the rows written since a time. Holds the ids of all images in memory, about
/// half a gigabyte for a million.
/// </summary>
internal sealed class Comparison(
    ImageStore store, QuarantineStore quarantine, ImageLedger ledger, AnnouncementLog log, ImageIndex index, DuplicateTable duplicates, EmbeddingModel model)
{
    public async Task<Compared> RunAsync(DateTimeOffset? since, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        // The ledger last: what the others show was recorded by then, or is young.
        var documents = await index.ListAsync(cancellation).ToDictionaryAsync(document => document.Id, cancellationToken: cancellation);
        var blobs = await store.ListAsync(cancellation).ToDictionaryAsync(blob => blob.Path.Id, cancellationToken: cancellation);
        var copies = await quarantine.ListAsync(cancellation).ToDictionaryAsync(copy => copy.Name, cancellationToken: cancellation);
        var announcements = await log.ListAsync(cancellation).ToListAsync(cancellation);
        var listed = await duplicates.IdsAsync(cancellation).ToHashSetAsync(cancellationToken: cancellation);
        var records = new Records(model);
        await records.ReadAsync(ledger, since, cancellation);

        var owned = new Copies(copies.Values);
        var found = new List<Finding>();
        foreach (var id in records.Briefs.Keys.Concat(blobs.Keys).Concat(documents.Keys).Distinct())
        {
            var (record, blob, document) = (records.Briefs.GetValueOrDefault(id), blobs.GetValueOrDefault(id), documents.GetValueOrDefault(id));
            var facts = new ImageFacts(
                record, blob, document is not null, record?.QuarantineName is { } name && copies.ContainsKey(name), !records.OfOtherModel.ContainsKey(id),
                document is null || model.Is(document.Model, document.ModelRevision));
            var path = record is { Path.IsKnown: true } ? record.Path : blob?.Path ?? ImagePath.TryParse(document?.Path);
            if (Differences.Of(facts, settledBefore) is { } kind)
            {
                found.Add(blob is not null && !store.IsAddressable(blob.Path)
                    ? new Finding(DifferenceKind.Unaddressable, id, blob.Path.ToString())
                    : new Finding(
                        kind, id, path?.ToString(), Copy: kind == DifferenceKind.UnreadableRecord && blob is null ? owned.Of(record!) : null,
                        Reason: record?.Fault ?? (kind == DifferenceKind.OtherModel ? records.OfOtherModel[id] : null)));
            }
            else if (record is { ListedAs: not null } && record.WrittenAt < settledBefore && !listed.Contains(id))
            {
                found.Add(new Finding(DifferenceKind.WrongListing, id, path?.ToString(), Reason: "Its row is missing."));
            }
        }

        found.AddRange(records.Strays);
        var named = records.Briefs.Values.Select(record => record.QuarantineName).Concat(found.Select(finding => finding.Copy)).OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        found.AddRange(copies.Values.Where(copy => copy.CreatedAt < settledBefore && !named.Contains(copy.Name))
            .Select(copy => new Finding(DifferenceKind.OrphanCopy, copy.Metadata.GetValueOrDefault(Receipt.Id) ?? "", null, Copy: copy.Name)));
        found.AddRange(announcements.Where(item => item.WrittenAt < settledBefore).Select(item => Of(item, records.Briefs, settledBefore)).OfType<Finding>());
        if (await log.CounterFaultAsync(records.Highest, cancellation) is { } fault)
        {
            found.Add(new Finding(DifferenceKind.UnreadableAnnouncement, "", null, Key: AnnouncementTable.CounterKey, Partition: AnnouncementTable.KeyOf(records.Highest), Reason: fault));
        }

        await foreach (var row in duplicates.StoredAsync(since, cancellation))
        {
            // What the record says is read when the finding is looked at again.
            var record = records.Briefs.GetValueOrDefault(row.Id);
            if (!DuplicateTable.IsRowOf(row, DuplicateEntry.Parse(row.Id, record?.ListedAs)) && record is not { State: ImageState.Unreadable } && !(record?.WrittenAt >= settledBefore))
            {
                found.Add(new Finding(DifferenceKind.WrongListing, row.Id, record?.Path.ToString(), row.Key, row.Partition));
            }
        }

        return new Compared(
            [.. found.OrderBy(finding => finding.Kind).ThenBy(finding => finding.Path, StringComparer.Ordinal)],
            new ReconcileCounts(blobs.Count, copies.Count, records.Briefs.Count, documents.Count, announcements.Count, records.Read));
    }

    private static Finding? Of(ListedAnnouncement item, Dictionary<string, ImageBrief> records, DateTimeOffset settledBefore) =>
        item.Fault is not null
            ? new Finding(DifferenceKind.UnreadableAnnouncement, item.Id, item.Path?.ToString(), item.Key, Reason: item.Fault)
            : IsSettled(item, records.GetValueOrDefault(item.Id), settledBefore)
                ? new Finding(DifferenceKind.LeftoverAnnouncement, item.Id, item.Path?.ToString(), item.Key)
                : null;

    /// <summary>Its recheck should have come and taken it away long ago.</summary>
    private static bool IsSettled(ListedAnnouncement announcement, ImageBrief? record, DateTimeOffset settledBefore) =>
        record is null
        || (record.WrittenAt < settledBefore && record.State is ImageState.Indexed or ImageState.Quarantined or ImageState.Rejected or ImageState.Removed or ImageState.Waiting)
        || record.Sequence > announcement.Sequence;
}
