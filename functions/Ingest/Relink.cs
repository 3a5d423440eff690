using Serverless.Duplicates;
using Serverless.Duplicates.Listing;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Ingest;

/// <summary>
/// Links in quarantine do not form chains. When an image comes there that had displaced others, each of those is linked to what
/// is live and matches it; one that nothing live matches goes back, since it is the last of its kind.
/// </summary>
internal sealed class Relink(
    ImageLedger ledger, DuplicateTable table, CandidateFinder finder, QuarantinedVectors vectors, RestoreMove restore, IndexWriter index,
    ILogger<Relink> logger)
{
    /// <summary>Follows up all that the image had displaced; false where something must be waited for.</summary>
    public async Task<bool> FollowersAsync(string id, CancellationToken cancellation)
    {
        var done = true;
        await foreach (var follower in table.QuarantinedAsync(id, cancellation))
        {
            done &= await RunAsync(follower, cancellation);
        }

        return done;
    }

    /// <summary>Follows up one image, if what it duplicates is in quarantine; false where something must be waited for.</summary>
    public async Task<bool> RunAsync(string id, CancellationToken cancellation)
    {
        if (await ledger.FindAsync(id, cancellation) is not { State: ImageState.Quarantined, DuplicateOf: { } other } stored
            || await ledger.FindAsync(other.Id, cancellation) is not { State: ImageState.Quarantined })
        {
            return true;
        }

        if (await RenewedAsync(stored, cancellation) is not { } record)
        {
            return false;
        }

        var found = await finder.FindAsync(record with { Sequence = long.MaxValue }, cancellation);
        var duplicates = found.Candidates.Where(candidate => candidate.Pair.Verdict.IsDuplicate()).ToList();
        if (duplicates.FirstOrDefault(candidate => candidate.IsLive) is { } kept)
        {
            var linked = record with
            {
                Verdict = kept.Pair.Verdict,
                DuplicateOf = kept.Path,
                DuplicateOfSequence = kept.Sequence,
                Similarity = kept.Pair.Similarity,
                Evidence = kept.Pair.Evidence,
            };
            if (await ledger.TryWriteAsync(linked, cancellation) is null)
            {
                return false;
            }

            IngestLog.Relinked(logger, id, kept.Path.Id);
            await index.SyncAsync(id, cancellation);
            return true;
        }

        if (duplicates.Count > 0)
        {
            return false;
        }

        // After a change of model, what it matches may not be judged anew yet: it stays as it is.
        if (!ReferenceEquals(record, stored))
        {
            return true;
        }

        IngestLog.GoesBack(logger, id);
        await restore.RunAsync(id, cancellation, byRules: true);
        return true;
    }

    /// <summary>Null where its vectors are of another model and none can be had now.</summary>
    private async Task<ImageRecord?> RenewedAsync(ImageRecord record, CancellationToken cancellation)
    {
        try
        {
            return await vectors.RenewAsync(record, cancellation);
        }
        catch (Exception error) when (error is EmbeddingUnavailableException or EmbeddingRefusedException)
        {
            return null;
        }
    }
}
