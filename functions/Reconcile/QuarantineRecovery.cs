using Serverless.Embeddings;
using Serverless.Imaging;
using Serverless.Ingest;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>
/// Writes the record of a quarantined blob anew from its receipt, where the ledger lost it. The blob itself is deleted only
/// where the same bytes are verified to be back at their path; where its path has another image by now, its bytes stay in quarantine and a person decides.
/// </summary>
internal sealed class QuarantineRecovery(
    ImageStore store, QuarantineStore quarantine, ImageReader reader, QuarantinedVectors vectors, ImageLedger ledger, IndexWriter index)
{
    public async Task<bool> TryRunAsync(QuarantinedBlob copy, CancellationToken cancellation)
    {
        if (Receipt.Read(copy.Metadata) is not { } receipt
            || ImagePath.TryParse($"{store.Images}/{copy.Name[(copy.Name.IndexOf('/', StringComparison.Ordinal) + 1)..]}") is not { } path
            || path.Id != receipt.Id)
        {
            return false;
        }

        if (await ledger.FindAsync(path.Id, cancellation) is { } known)
        {
            return known.IsLive && known.Sha256 == receipt.Sha256 && await TryDeleteSecondAsync(copy.Name, known, cancellation);
        }

        if (await store.FactsAsync(path, cancellation) is not null)
        {
            return false;
        }

        var bytes = (await quarantine.Blob(copy.Name).DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        if (reader.Check(bytes).Image is not { } image || image.Sha256 != receipt.Sha256)
        {
            return false;
        }

        var record = new ImageRecord
        {
            Path = path,
            State = ImageState.Quarantined,
            BlobETag = "",
            Sha256 = image.Sha256,
            Format = image.Format,
            Width = image.Width,
            Height = image.Height,
            Bytes = bytes.Length,
            UploadedAt = receipt.UploadedAt,
            DecidedAt = receipt.DecidedAt,
            Verdict = receipt.Verdict,
            DuplicateOf = receipt.DuplicateOf is { } other ? (await ledger.FindAsync(other, cancellation))?.Path : null,
            Similarity = receipt.Similarity,
            QuarantineName = copy.Name,
        };
        if (await EmbedAsync(record, image, cancellation) is not { } complete || await ledger.TryWriteAsync(complete, cancellation) is null)
        {
            return false;
        }

        await ledger.NoteHashAsync(image.Sha256, path.Id, cancellation);
        await index.SyncAsync(path.Id, cancellation);
        return true;
    }

    /// <summary>Null where no vector is to be had; the next reconciliation finds the blob again.</summary>
    private async Task<ImageRecord?> EmbedAsync(ImageRecord record, CheckedImage image, CancellationToken cancellation)
    {
        try
        {
            return await vectors.EmbedAsync(record, image, cancellation);
        }
        catch (Exception error) when (error is EmbeddingUnavailableException or EmbeddingRefusedException)
        {
            return null;
        }
    }

    /// <summary>Deletes a copy whose very bytes are at their path.</summary>
    private async Task<bool> TryDeleteSecondAsync(string name, ImageRecord record, CancellationToken cancellation)
    {
        if (!await QuarantineStore.HoldsAsync(store.Blob(record.Path), record.Sha256!, cancellation))
        {
            return false;
        }

        await quarantine.DeleteCopyAsync(name, record.Path, record.BlobETag, cancellation);
        return true;
    }
}
