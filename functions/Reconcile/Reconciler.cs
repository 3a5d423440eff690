using System.Diagnostics;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Ingest;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>
/// Compares bucket, quarantine, search index and ledger, and puts right what disagrees. Safe at any time and in several
/// processes at once: whatever is found is looked at again before it is touched, and every repair is a step that the app may
/// take anyway. Holds the ids of all images in memory, about half a gigabyte for a million.
/// </summary>
internal sealed class Reconciler(
    ImageStore store, QuarantineStore quarantine, ImageLedger ledger, AnnouncementLog log, ImageIndex index, Repair repair, EmbeddingModel model,
    IOptions<DuplicateOptions> options, TimeProvider clock)
{
    private const int Listed = 1000;
    private const int Parallelism = 8;

    public async Task<ReconcileReport> RunAsync(bool dryRun, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();

        // Twice the time after which the index shows what was written.
        var settledBefore = clock.GetUtcNow() - (2 * options.Value.VisibilityWindow);

        // The ledger last: what the others show was recorded by then, or is young.
        var documents = await index.ListAsync(cancellation).ToDictionaryAsync(document => document.Id, document => document.Path, cancellationToken: cancellation);
        var blobs = await store.ListAsync(cancellation).ToDictionaryAsync(blob => blob.Path.Id, cancellationToken: cancellation);
        var copies = await quarantine.ListAsync(cancellation).ToDictionaryAsync(copy => copy.Name, cancellationToken: cancellation);
        var announcements = await log.ListAsync(cancellation).ToListAsync(cancellation);
        var records = await ledger.BriefsAsync(cancellation).ToDictionaryAsync(brief => brief.Id, cancellationToken: cancellation);

        var found = new List<Finding>();
        foreach (var id in records.Keys.Concat(blobs.Keys).Concat(documents.Keys).Distinct())
        {
            var record = records.GetValueOrDefault(id);
            var blob = blobs.GetValueOrDefault(id);
            var facts = new ImageFacts(record, blob, documents.ContainsKey(id), record?.QuarantineName is { } name && copies.ContainsKey(name),
                record is null || model.Is(record.Model, record.ModelRevision));
            if (Differences.Of(facts, settledBefore) is { } kind)
            {
                found.Add(new Finding(kind, id, record?.Path ?? blob?.Path ?? ImagePath.TryParse(documents[id])));
            }
        }

        var named = records.Values.Select(record => record.QuarantineName).OfType<string>().ToHashSet(StringComparer.Ordinal);
        found.AddRange(copies.Values.Where(copy => copy.CreatedAt < settledBefore && !named.Contains(copy.Name))
            .Select(copy => new Finding(DifferenceKind.OrphanCopy, copy.Metadata.GetValueOrDefault(Receipt.Id) ?? "", null, Copy: copy)));
        found.AddRange(announcements.Where(item => item.WrittenAt < settledBefore && IsSettled(item, records.GetValueOrDefault(item.Id), settledBefore))
            .Select(item => new Finding(DifferenceKind.LeftoverAnnouncement, item.Id, item.Path, item.Sequence)));

        var reported = await ReportAsync(found, settledBefore, dryRun, cancellation);
        return new ReconcileReport(
            dryRun,
            new ReconcileCounts(blobs.Count, copies.Count, records.Count, documents.Count, announcements.Count),
            reported.Count,
            [.. reported.Take(Listed)],
            reported.Count > Listed,
            Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1));
    }

    /// <summary>Its recheck should have come and taken it away long ago.</summary>
    private static bool IsSettled(ListedAnnouncement announcement, ImageBrief? record, DateTimeOffset settledBefore) =>
        record is null
        || (record.WrittenAt < settledBefore && record.State is ImageState.Indexed or ImageState.Quarantined or ImageState.Rejected or ImageState.Removed or ImageState.Waiting)
        || record.Sequence > announcement.Sequence;

    private async Task<List<ReportedDifference>> ReportAsync(
        List<Finding> found, DateTimeOffset settledBefore, bool dryRun, CancellationToken cancellation)
    {
        var reported = new List<ReportedDifference>();
        var guard = new Lock();
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation };
        await Parallel.ForEachAsync(found, limits, async (finding, stop) =>
        {
            if (!await repair.StillHoldsAsync(finding, settledBefore, stop))
            {
                return;
            }

            var repaired = !dryRun && await repair.RunAsync(finding, stop);
            lock (guard)
            {
                reported.Add(new ReportedDifference(
                    finding.Kind, finding.Id, finding.Path?.ToString() ?? finding.Copy?.Name, Differences.What(finding.Kind), Differences.Action(finding.Kind), repaired));
            }
        });
        return [.. reported.OrderBy(difference => difference.Kind).ThenBy(difference => difference.Path, StringComparer.Ordinal)];
    }
}

/// <summary>A difference as the comparison of the listings shows it.</summary>
internal sealed record Finding(DifferenceKind Kind, string Id, ImagePath? Path, long Sequence = 0, QuarantinedBlob? Copy = null);
