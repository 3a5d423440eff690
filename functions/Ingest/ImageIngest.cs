using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;
using Serverless.Telemetry;

namespace Serverless.Ingest;

/// <summary>
/// Takes one uploaded blob from bytes to verdict. May be run any number of times, at once or after a crash, for the same blob:
/// it goes on from what the ledger says, and every write is conditional on that still being so.
/// </summary>
internal sealed class ImageIngest(
    ImageStore store,
    ImageReader reader,
    IEmbeddingGenerator<CheckedImage, ImageEmbedding> embedder,
    EmbeddingModel model,
    ImageLedger ledger,
    AnnouncementLog log,
    Attempts attempts,
    RecheckQueue recheck,
    Decision decision,
    RestoreMove restore,
    ImageWaiting waiting,
    ImageRemoval removal,
    IndexWriter index,
    IOptions<ImageLimits> limits,
    CopyVectors copyVectors,
    IOptions<DuplicateOptions> duplicates,
    StorageClock storage,
    ILogger<ImageIngest> logger)
{
    private const string Deadly =
        "The app was killed twice while it worked on this image. It is left alone: upload it again to have it tried again.";

    public async Task RunAsync(ImagePath path, CancellationToken cancellation)
    {
        while (!await TryRunAsync(path, cancellation))
        {
            // Somebody else changed the record meanwhile: look again at how things are.
        }

        // The event of a deletion may have come before there was a record to delete.
        if (await store.FactsAsync(path, cancellation) is null)
        {
            await removal.RunAsync(path, cancellation);
        }
    }

    /// <summary>One attempt; false where another writer was first.</summary>
    private async Task<bool> TryRunAsync(ImagePath path, CancellationToken cancellation)
    {
        // The record is read before the blob: if the blob is replaced and judged by somebody else in between, the conditional
        // write below fails. The other way round, an old version could overwrite the verdict on the new one.
        var record = await ledger.FindAsync(path.Id, cancellation);
        var facts = await store.FactsAsync(path, cancellation);
        if (facts is null)
        {
            return true;
        }

        var etag = facts.Version;
        if (record?.BlobETag == etag && IsJudged(record))
        {
            switch (record.State)
            {
                case ImageState.Announced:
                    await using (var attempt = await attempts.BeginDecidingAsync(path.Id, etag, cancellation))
                    {
                        return attempt.IsDeadly
                            ? await TryRejectAsync(path, facts, record, Deadly, null, cancellation)
                            : await decision.TryDecideAsync(record, cancellation);
                    }

                case ImageState.Quarantining or ImageState.Quarantined:
                    // The original of one in quarantine is there again, in this very version: storage lost the deletion, or somebody undid it.
                    return await decision.TryFinishAsync(record, cancellation);
                default:
                    await index.SyncAsync(path.Id, cancellation);
                    await restore.DeleteCopyAsync(path, cancellation);
                    return true;
            }
        }

        if (record?.State == ImageState.Restoring)
        {
            if (await restore.TryFinishAsync(record, cancellation))
            {
                return true;
            }

            if ((await ledger.FindAsync(path.Id, cancellation))?.RowVersion != record.RowVersion)
            {
                return false;
            }
        }

        ImageSpans.Waited(facts.UploadedAt, await storage.NowAsync(cancellation));
        if (facts.Bytes > limits.Value.MaxBytes)
        {
            return await TryRejectAsync(
                path, facts, record, $"The file has {facts.Bytes:N0} bytes, more than the limit of {limits.Value.MaxBytes:N0} (Limits:MaxBytes).", null, cancellation);
        }

        if (facts.IsArchived)
        {
            return await waiting.TryWaitForRehydrationAsync(path, facts, record, cancellation);
        }

        var reading = store.ReadAsync(path, facts, cancellation);
        await using var begun = await attempts.BeginAsync(path.Id, etag, cancellation);
        if (await reading is not { } blob)
        {
            return false;
        }

        if (begun.IsDeadly)
        {
            return await TryRejectAsync(path, facts, record, Deadly, blob, cancellation);
        }

        var check = await reader.CheckAsync(blob.Bytes, DecodePatience.Unlimited with { Cancellation = cancellation });
        if (check.Image is not { } image)
        {
            return await TryRejectAsync(path, facts, record, check.Reason!, blob, cancellation);
        }

        try
        {
            var embedding = (await embedder.GenerateAsync([image], cancellationToken: cancellation))[0];
            if (await TryAnnounceAsync(path, blob, image, embedding, record, cancellation) is not { } announced)
            {
                return false;
            }

            begun.LeavePlace();
            return await decision.TryDecideAsync(announced, cancellation);
        }
        catch (Exception refusal) when (refusal is EmbeddingRefusedException or UndecodableException)
        {
            return await TryRejectAsync(path, facts, record, refusal.Message, blob, cancellation);
        }
        catch (EmbeddingUnavailableException outage)
        {
            return await waiting.TryWaitAsync(path, blob, image, record, outage, cancellation);
        }
    }

    /// <summary>Its vectors are those of the model in use, or it has left its path or is about to.</summary>
    private bool IsJudged(ImageRecord record) => record.State switch
    {
        ImageState.Waiting or ImageState.Unreadable or ImageState.Removed => false,
        ImageState.Announced or ImageState.Indexing or ImageState.Indexed or ImageState.Rejected => model.Made(record),
        _ => true,
    };

    /// <summary>Null where another writer was first.</summary>
    private async Task<ImageRecord?> TryAnnounceAsync(
        ImagePath path, StoredImage blob, CheckedImage image, ImageEmbedding embedding, ImageRecord? previous, CancellationToken cancellation)
    {
        var fingerprint = reader.Fingerprint(image);
        var vectors = await copyVectors.OfAsync(image, fingerprint, embedding, cancellation);
        var etag = blob.Version;
        var announced = await log.AppendAsync(
            new Announcement(path, $"blob:{etag}:{model.Name}:{model.Revision}", image.Sha256, vectors.Instance ?? embedding.Vector, fingerprint)
            {
                Model = model.Name,
                ModelRevision = model.Revision,
            },
            cancellation);

        // The safety net, laid before anything else is written: it also finishes what a crash leaves half done from here on.
        await recheck.SendAsync(new RecheckMessage(path.Id, announced.Sequence), duplicates.Value.VisibilityWindow, cancellation);
        var record = ImageRecord.Of(path, ImageState.Announced, blob, image, previous) with
        {
            Sequence = announced.Sequence,
            Model = model.Name,
            ModelRevision = model.Revision,
            StaysInPlace = previous?.BlobETag == etag && (previous.IsLive || previous.StaysInPlace),
            Embedding = embedding.Vector,
            Instance = vectors.Instance ?? default,
            Turned = vectors.Turned,
            Fingerprint = fingerprint,
        };
        await ledger.NoteHashAsync(image.Sha256, path.Id, cancellation);
        if (await ledger.TryWriteAsync(record, cancellation) is not { } written)
        {
            await GiveUpIfReplacedAsync(path, etag, announced.Sequence, cancellation);
            return null;
        }

        return written;
    }

    /// <summary>A version that is no longer there will not be decided; its announcement must not keep others waiting.</summary>
    private async Task GiveUpIfReplacedAsync(ImagePath path, string etag, long sequence, CancellationToken cancellation)
    {
        var facts = await store.FactsAsync(path, cancellation);
        if (facts?.Version != etag)
        {
            await log.TrimAsync(sequence, cancellation);
        }
    }

    private async Task<bool> TryRejectAsync(
        ImagePath path, StoredImageFacts facts, ImageRecord? previous, string reason, StoredImage? blob, CancellationToken cancellation)
    {
        var record = new ImageRecord
        {
            Path = path,
            State = ImageState.Rejected,
            BlobETag = facts.Version,
            Sha256 = blob is null ? null : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(blob.Bytes.Span)),
            Bytes = facts.Bytes,
            UploadedAt = facts.UploadedAt,
            DecidedAt = await storage.NowAsync(cancellation),
            Tags = facts.Tags,
            Model = model.Name,
            ModelRevision = model.Revision,
            Reason = reason,
            ListedAs = previous?.ListedAs,
            RowVersion = previous?.RowVersion ?? default,
        };
        if (await ledger.TryWriteAsync(record, cancellation) is null)
        {
            return false;
        }

        ImageMetrics.Ingested("rejected");
        IngestLog.Rejected(logger, path.Id, reason);
        await index.SyncAsync(path.Id, cancellation);
        return true;
    }
}
