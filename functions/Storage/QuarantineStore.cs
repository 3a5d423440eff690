using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;

namespace Serverless.Storage;

/// <summary>
/// Moves blobs between the images container and quarantine: copy, verify the copy by its SHA-256, then delete the source if it is still the
/// judged version. Every step may be repeated.
/// </summary>
internal sealed class QuarantineStore(BlobServiceClient service, ImageStore images, IOptions<StorageOptions> options)
{
    private const int CopyAttempts = 5;

    private readonly BlobContainerClient container = service.GetBlobContainerClient(options.Value.Quarantine);

    public Task EnsureAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public BlobBaseClient Blob(string name) => container.GetBlobBaseClient(BlobNames.Marked(name));

    /// <summary>Every blob in quarantine.</summary>
    public async IAsyncEnumerable<QuarantinedBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellation))
        {
            yield return new QuarantinedBlob(
                blob.Name,
                blob.Properties.LastModified ?? default,
                new Dictionary<string, string>(blob.Metadata)
            );
        }
    }

    /// <summary>One blob; null if it is missing.</summary>
    public async Task<QuarantinedBlob?> FindAsync(string name, CancellationToken cancellation)
    {
        try
        {
            var properties = (await Blob(name).GetPropertiesAsync(cancellationToken: cancellation)).Value;
            return new QuarantinedBlob(name, properties.LastModified, new Dictionary<string, string>(properties.Metadata));
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>A unique name per uploaded version, so that a later duplicate at the same path never replaces an earlier one.</summary>
    public static string NameOf(ImagePath path, string etag)
    {
        var version = new string([.. etag.Where(char.IsAsciiLetterOrDigit)]);
        var name = $"{version}/{path.Name}";
        return name.Length <= 1024 ? name : $"{version}/{path.Id}";
    }

    /// <summary>
    /// Copies the judged version into quarantine with its receipt as metadata, and verifies the copy. An existing copy is never
    /// overwritten: another worker may have verified it and be deleting the source right now.
    /// </summary>
    public async Task<MoveOutcome> CopyInAsync(
        ImagePath path,
        string etag,
        string name,
        string sha256,
        IReadOnlyDictionary<string, string> receipt,
        CancellationToken cancellation
    )
    {
        var target = Blob(name);
        for (var attempt = 0; attempt < CopyAttempts; attempt++)
        {
            if (await TryCopyInAsync(images.Blob(path), new ETag(etag), target, receipt, cancellation) is { } outcome)
            {
                return outcome;
            }

            if (await VerifiedCopy.HoldsAsync(target, sha256, cancellation))
            {
                return MoveOutcome.Copied;
            }

            await VerifiedCopy.RemoveBrokenAsync(target, sha256, cancellation);
        }

        throw new IOException($"The copy of '{path}' in quarantine differs from the original, so the original stays.");
    }

    /// <summary>What is wrong with the source, or null if there is a copy, made by this worker or another.</summary>
    private static async Task<MoveOutcome?> TryCopyInAsync(
        BlobBaseClient source,
        ETag version,
        BlobBaseClient target,
        IReadOnlyDictionary<string, string> receipt,
        CancellationToken cancellation
    )
    {
        try
        {
            var metadata = new Dictionary<string, string>(
                (await source.GetPropertiesAsync(new BlobRequestConditions { IfMatch = version }, cancellation)).Value.Metadata
            );
            foreach (var (key, value) in receipt)
            {
                metadata[key] = Uri.EscapeDataString(value);
            }

            await VerifiedCopy.CopyAsync(source, version, target, metadata, cancellation);
            return null;
        }
        catch (RequestFailedException error) when (ImageStore.IsGoneOrChanged(error) || error.Status == (int)HttpStatusCode.Conflict)
        {
            // A missing blob also fails the version condition. Checked before the copy: once it is gone, nobody can copy it.
            var isGone = error.Status == (int)HttpStatusCode.NotFound || !await source.ExistsAsync(cancellation);

            // Another worker may have copied it and moved on. The source's state matters only if there is no copy.
            return await target.ExistsAsync(cancellation) ? null
                : error.ErrorCode == BlobErrorCode.BlobArchived ? MoveOutcome.SourceArchived
                : isGone ? MoveOutcome.SourceGone
                : MoveOutcome.SourceChanged;
        }
    }

    /// <summary>
    /// Deletes the source of a verified copy, if it is still the judged version. A blob with snapshots stays: they would be deleted with
    /// it, and exist nowhere else.
    /// </summary>
    public async Task<DeleteOutcome> DeleteSourceAsync(ImagePath path, string etag, CancellationToken cancellation)
    {
        try
        {
            await images
                .Blob(path)
                .DeleteIfExistsAsync(DeleteSnapshotsOption.None, new BlobRequestConditions { IfMatch = new ETag(etag) }, cancellation);
            return DeleteOutcome.Deleted;
        }
        catch (RequestFailedException error) when (error.ErrorCode == BlobErrorCode.SnapshotsPresent)
        {
            return DeleteOutcome.HasSnapshots;
        }
        catch (RequestFailedException error) when (error.ErrorCode == BlobErrorCode.LeaseIdMissing)
        {
            return DeleteOutcome.Leased;
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.PreconditionFailed)
        {
            // A missing blob also fails the version condition.
            return await IsSourceGoneAsync(path, cancellation) ? DeleteOutcome.Deleted : DeleteOutcome.SourceChanged;
        }
    }

    /// <summary>
    /// Gives the source a new ETag, so that deletions conditional on the old one fail; null if it is gone or changed.
    /// </summary>
    public async Task<string?> TryRenewSourceAsync(ImagePath path, string etag, CancellationToken cancellation)
    {
        try
        {
            var blob = images.Blob(path);
            var version = new BlobRequestConditions { IfMatch = new ETag(etag) };
            var metadata = (await blob.GetPropertiesAsync(version, cancellation)).Value.Metadata;
            return BlobVersion.Of((await blob.SetMetadataAsync(metadata, version, cancellation)).Value.ETag);
        }
        catch (RequestFailedException error) when (ImageStore.IsGoneOrChanged(error))
        {
            return null;
        }
    }

    /// <summary>
    /// Copies a quarantined blob back to its original path and verifies it. Returns the new blob's ETag, or null if another image has taken
    /// the path.
    /// </summary>
    public async Task<string?> CopyOutAsync(
        string name,
        ImagePath path,
        string sha256,
        IEnumerable<string> receiptKeys,
        CancellationToken cancellation
    )
    {
        var target = images.Blob(path);
        RequestFailedException? missing = null;
        try
        {
            var source = Blob(name);
            var metadata = new Dictionary<string, string>(
                (await source.GetPropertiesAsync(cancellationToken: cancellation)).Value.Metadata
            );
            foreach (var key in receiptKeys)
            {
                metadata.Remove(key);
            }

            await VerifiedCopy.CopyAsync(source, default, target, metadata, cancellation);
        }
        catch (RequestFailedException error) when (error.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            // The path is taken, by an earlier attempt's copy or by another upload. The bytes tell which.
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound)
        {
            // Another attempt has put it back and deleted the copy, or the copy is lost.
            missing = error;
        }

        var facts = await images.FactsAsync(path, cancellation);
        if (facts is null && missing is not null)
        {
            ExceptionDispatchInfo.Throw(missing);
        }

        return facts is not null && await VerifiedCopy.HoldsAsync(target, sha256, cancellation) ? facts.Version : null;
    }

    public async Task<bool> IsSourceGoneAsync(ImagePath path, CancellationToken cancellation) =>
        await images.FactsAsync(path, cancellation) is null;

    /// <summary>Deletes a quarantined copy if its original is in the images container in this version.</summary>
    public async Task DeleteCopyAsync(string name, ImagePath path, string etag, CancellationToken cancellation)
    {
        // A tampered record may name the only copy of another image.
        var original = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if ((original == path.Name || original == path.Id) && (await images.FactsAsync(path, cancellation))?.Version == etag)
        {
            await DeleteForGoodAsync(name, cancellation);
        }
    }

    /// <summary>Deletes a quarantined blob unconditionally.</summary>
    public Task DeleteForGoodAsync(string name, CancellationToken cancellation) =>
        Blob(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
}
