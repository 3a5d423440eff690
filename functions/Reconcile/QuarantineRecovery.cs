using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Pipeline;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>
/// Rebuilds a quarantined blob's record from its receipt if the ledger lost it or cannot read it. The blob itself is deleted only if the
/// same bytes are verified to be where the record of its path says; if another image has taken its path, the bytes stay in quarantine and a
/// person decides.
/// </summary>
internal sealed class QuarantineRecovery(
    ImageStore store,
    QuarantineStore quarantine,
    ImageReader reader,
    EmbedImage embed,
    ImageLedger ledger,
    PublishImage publish
)
{
    /// <summary>Null on success; otherwise why it failed.</summary>
    public async Task<string?> RunAsync(string name, CancellationToken cancellation) =>
        await quarantine.FindAsync(name, cancellation) is { } copy && await TryRunAsync(copy, cancellation)
            ? null
            : "Its receipt is incomplete, its bytes differ from the receipt, or another image has taken its path: it " + "stays as it is.";

    private async Task<bool> TryRunAsync(QuarantinedBlob copy, CancellationToken cancellation)
    {
        var receipt = Receipt.Read(copy.Metadata);
        if (
            ImagePath.TryParse($"{store.Images}/{Copies.OriginalOf(copy.Name)}") is not { } path
            || (receipt is not null && path.Id != receipt.Id)
        )
        {
            return false;
        }

        var known = await ledger.FindAsync(path.Id, cancellation);
        if (known is not (null or { State: ImageState.Unreadable }))
        {
            return receipt is not null && known.Sha256 == receipt.Sha256 && await TryDeleteSecondAsync(copy.Name, known, cancellation);
        }

        if (await store.FactsAsync(path, cancellation) is not null)
        {
            return false;
        }

        var bytes = (await quarantine.Blob(copy.Name).DownloadContentAsync(cancellation)).Value.Content.ToMemory();
        return (receipt?.Sha256 ?? known?.Sha256) is { } sha256
            && reader.Check(bytes).Image is { } image
            && image.Sha256 == sha256
            && await RecordOfAsync(path, copy.Name, image, known, receipt, cancellation) is { } record
            && await EmbedAsync(record, image, cancellation) is { } complete
            && await TryWriteAsync(complete, cancellation);
    }

    private async Task<bool> TryWriteAsync(ImageRecord record, CancellationToken cancellation)
    {
        if (await ledger.TryWriteAsync(record, cancellation) is null)
        {
            return false;
        }

        await ledger.NoteHashAsync(record.Sha256!, record.Id, cancellation);
        await publish.RunAsync(record.Id, cancellation);
        return true;
    }

    /// <summary>
    /// Readable columns of the row take precedence: the image may have been relinked since the receipt was written. Null if neither says
    /// why the image is in quarantine.
    /// </summary>
    private async Task<ImageRecord?> RecordOfAsync(
        ImagePath path,
        string name,
        CheckedImage image,
        ImageRecord? known,
        ReadReceipt? receipt,
        CancellationToken cancellation
    )
    {
        if ((known?.Verdict ?? receipt?.Verdict) is not { } verdict)
        {
            return null;
        }

        var uploadedAt = receipt?.UploadedAt ?? known!.UploadedAt;
        return new ImageRecord
        {
            Path = path,
            State = ImageState.Quarantined,
            BlobETag = known?.BlobETag ?? "",
            Sequence = known?.Sequence ?? 0,
            Sha256 = image.Sha256,
            Format = image.Format,
            Width = image.Width,
            Height = image.Height,
            Bytes = image.Bytes.Length,
            UploadedAt = uploadedAt,
            DecidedAt = known?.DecidedAt ?? receipt?.DecidedAt ?? uploadedAt,
            Tags = known?.Tags ?? [],
            Verdict = verdict,
            DuplicateOf =
                known?.DuplicateOf
                ?? receipt?.DuplicateOfPath
                ?? (
                    receipt?.DuplicateOf is { } other
                        ? (await ledger.FindAsync(other, cancellation))?.Path is { IsKnown: true } kept
                            ? kept
                            : null
                        : null
                ),
            DuplicateOfSequence = known?.DuplicateOfSequence ?? 0,
            Similarity = known?.Similarity ?? receipt?.Similarity,
            Threshold = known?.Threshold,
            Evidence = known?.Evidence,
            QuarantineName = name,
            IsSetAside = known?.IsSetAside ?? receipt?.IsSetAside ?? false,
            ListedAs = known?.ListedAs is { } listed && DuplicateEntry.Parse(path.Id, listed) is not null ? listed : null,
            RowVersion = known?.RowVersion ?? default,
        };
    }

    /// <summary>Null if no vector is available; the next reconciliation finds the blob again.</summary>
    private async Task<ImageRecord?> EmbedAsync(ImageRecord record, CheckedImage image, CancellationToken cancellation)
    {
        try
        {
            return record.With(await embed.RunAsync(image, cancellation));
        }
        catch (Exception error) when (error is EmbeddingUnavailableException or EmbeddingRefusedException)
        {
            return null;
        }
    }

    /// <summary>
    /// Deletes a copy if its exact bytes are where the record of its path says: at the path, or in quarantine under another name.
    /// </summary>
    private async Task<bool> TryDeleteSecondAsync(string name, ImageRecord record, CancellationToken cancellation)
    {
        if (record is { State: ImageState.Quarantined, QuarantineName: { } kept } && kept != name)
        {
            if (
                !await VerifiedCopy.HoldsAsync(quarantine.Blob(kept), record.Sha256!, cancellation)
                || !await VerifiedCopy.HoldsAsync(quarantine.Blob(name), record.Sha256!, cancellation)
            )
            {
                return false;
            }

            await quarantine.DeleteForGoodAsync(name, cancellation);
            return true;
        }

        if (!record.IsLive || !await VerifiedCopy.HoldsAsync(store.Blob(record.Path), record.Sha256!, cancellation))
        {
            return false;
        }

        await quarantine.DeleteCopyAsync(name, record.Path, record.BlobETag, cancellation);
        return true;
    }
}
