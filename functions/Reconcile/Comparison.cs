using Serverless.Categories;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Labels;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The findings and counts of a comparison.</summary>
/// <param name="Next">The id to continue from; null if all are compared.</param>
internal sealed record Compared(IReadOnlyList<Finding> Findings, ReconcileCounts Checked, string? Next);

/// <summary>
/// Lists bucket, quarantine, index and ledger, and reports where they disagree. Names, versions and states are compared in full; row
/// contents are read only for rows written since a time. Holds <see cref="MostIds"/> images in memory at once, about half a kilobyte each,
/// and lists everything again for each further part.
/// </summary>
internal sealed class Comparison(
    ComparedStores stores,
    ImageLedger ledger,
    AnnouncementLog log,
    DuplicateTable duplicates,
    EmbeddingModel model,
    Tagger tagger
)
{
    public int MostIds { get; init; } = 250_000;

    /// <param name="from">The first id; empty for the first part.</param>
    public async Task<Compared> RunAsync(string from, DateTimeOffset? since, DateTimeOffset settledBefore, CancellationToken cancellation)
    {
        var range = new IdRange(from, MostIds);
        var labelsVersion = await tagger.VersionAsync(cancellation);
        // The ledger comes last: by then it has recorded what the others show, unless that is recent.
        var there = await stores.Images.ReadAsync(range, cancellation);
        var announcements = await log.ListAsync(cancellation).ToListAsync(cancellation);
        var listed = await duplicates.IdsAsync(cancellation).Where(range.Contains).ToHashSetAsync(cancellationToken: cancellation);
        var records = new Records(model, range);
        await records.ReadAsync(ledger, since, cancellation);
        there.Trim(range);
        var (documents, blobs) = (there.Documents, there.Blobs);
        var copies = there.Copies.Values.DistinctBy(copy => copy.Name).ToDictionary(copy => copy.Name);
        announcements.RemoveAll(item => !range.Contains(item.Id));

        var owned = new Copies(copies.Values);
        var found = new List<Finding>();
        foreach (var id in records.Briefs.Keys.Concat(blobs.Keys).Concat(documents.Keys).Distinct())
        {
            var (record, blob, document) = (
                records.Briefs.GetValueOrDefault(id),
                blobs.GetValueOrDefault(id),
                documents.GetValueOrDefault(id)
            );
            var facts = new ImageFacts(
                record,
                blob,
                document is not null,
                record?.QuarantineName is { } name && copies.ContainsKey(name),
                !records.OfOtherModel.ContainsKey(id),
                document is null || model.Is(document.Model, document.ModelRevision),
                document is null
                    || (
                        document.WordsVersion >= ImageDocument.WordsOfToday
                        && document.FeaturesVersion >= (record?.FeaturesVersion ?? 0)
                        && (document.LabelsVersion ?? Labeller.NoVersion) == labelsVersion
                    )
            );
            var path = record is { Path.IsKnown: true } ? record.Path : blob?.Path ?? ImagePath.TryParse(document?.Path);
            if (Differences.Of(facts, settledBefore) is { } kind)
            {
                found.Add(
                    blob is not null && !stores.Images.IsAddressable(blob)
                        ? new Finding(DifferenceKind.Unaddressable, id, blob.Path.ToString())
                        : new Finding(
                            kind,
                            id,
                            path?.ToString(),
                            Copy: kind == DifferenceKind.UnreadableRecord && blob is null ? owned.Of(record!) : null,
                            Reason: record?.Fault ?? (kind == DifferenceKind.OtherModel ? records.OfOtherModel[id] : null)
                        )
                );
            }
            else if (record is { ListedAs: not null } && record.WrittenAt < settledBefore && !listed.Contains(id))
            {
                found.Add(new Finding(DifferenceKind.WrongListing, id, path?.ToString(), Reason: "Its row is missing."));
            }
        }

        found.AddRange(records.Strays);
        found.AddRange(await stores.Sheets.RunAsync(records.Briefs, range, settledBefore, cancellation));
        var named = records
            .Briefs.Values.Select(record => record.QuarantineName)
            .Concat(found.Select(finding => finding.Copy))
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        found.AddRange(
            copies
                .Values.Where(copy =>
                    copy.CreatedAt < settledBefore && !named.Contains(copy.Name) && range.Contains(stores.Images.IdsOf(copy)[0])
                )
                .Select(copy => new Finding(
                    DifferenceKind.OrphanCopy,
                    copy.Metadata.GetValueOrDefault(Receipt.Id) ?? "",
                    null,
                    Copy: copy.Name
                ))
        );
        found.AddRange(
            announcements
                .Where(item => item.WrittenAt < settledBefore)
                .Select(item => Of(item, records.Briefs, settledBefore))
                .OfType<Finding>()
        );
        if (range.To is null && await log.Counter.FaultAsync(records.Highest, cancellation) is { } fault)
        {
            found.Add(
                new Finding(
                    DifferenceKind.UnreadableAnnouncement,
                    "",
                    null,
                    Key: AnnouncementTable.CounterKey,
                    Partition: AnnouncementTable.KeyOf(records.Highest),
                    Reason: fault
                )
            );
        }

        await foreach (var row in duplicates.StoredAsync(since, cancellation))
        {
            // The record is read when the finding is checked again.
            var record = records.Briefs.GetValueOrDefault(row.Id);
            if (
                range.Contains(row.Id)
                && !DuplicateTable.IsRowOf(row, DuplicateEntry.Parse(row.Id, record?.ListedAs))
                && record is not { State: ImageState.Unreadable }
                && !(record?.WrittenAt >= settledBefore)
            )
            {
                found.Add(new Finding(DifferenceKind.WrongListing, row.Id, record?.Path.ToString(), row.Key, row.Partition));
            }
        }

        return new Compared(
            [.. found.OrderBy(finding => finding.Kind).ThenBy(finding => finding.Path, StringComparer.Ordinal)],
            new ReconcileCounts(
                blobs.Count,
                copies.Values.Count(copy => range.Contains(stores.Images.IdsOf(copy)[0])),
                records.Briefs.Count,
                documents.Count,
                announcements.Count,
                records.Read
            ),
            range.To
        );
    }

    private static Finding? Of(ListedAnnouncement item, Dictionary<string, ImageBrief> records, DateTimeOffset settledBefore) =>
        item.Fault is not null
            ? new Finding(DifferenceKind.UnreadableAnnouncement, item.Id, item.Path?.ToString(), item.Key, Reason: item.Fault)
        : IsSettled(item, records.GetValueOrDefault(item.Id), settledBefore)
            ? new Finding(DifferenceKind.LeftoverAnnouncement, item.Id, item.Path?.ToString(), item.Key)
        : null;

    /// <summary>Its recheck should have removed it long ago.</summary>
    private static bool IsSettled(ListedAnnouncement announcement, ImageBrief? record, DateTimeOffset settledBefore) =>
        record is null
        || (
            record.WrittenAt < settledBefore
            && record.State
                is ImageState.Indexed
                    or ImageState.Quarantined
                    or ImageState.Rejected
                    or ImageState.Removed
                    or ImageState.Waiting
        )
        || record.Sequence > announcement.Sequence;
}
