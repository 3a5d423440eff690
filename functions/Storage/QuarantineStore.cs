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
/// Moves blobs between the images container and quarantine: copy, verify the copy by its SHA-256, then delete the source on
/// condition that it is still the version that was judged. Every step may be repeated.
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

    /// <summary>One of them; null where it is not there.</summary>
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

    /// <summary>One name per uploaded version, so that a later duplicate at the same path never replaces an earlier one.</summary>
    public static string NameOf(ImagePath path, string etag)
    {
        var version = new string([.. etag.Where(char.IsAsciiLetterOrDigit)]);
        var name = $"{version}/{path.Name}";
        return name.Length <= 1024 ? name : $"{version}/{path.Id}";
    }

    /// <summary>
    /// Copies the judged version into quarantine with its receipt as metadata, and verifies the copy. A copy that is there is
    /// never overwritten: another worker may have verified it, and delete the source at this moment.
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
            if (await VerifiedCopy.HoldsAsync(target, sha256, cancellation))
            {
                return MoveOutcome.Copied;
            }

            await VerifiedCopy.RemoveBrokenAsync(target, sha256, cancellation);
            if (await TryCopyInAsync(images.Blob(path), new ETag(etag), target, receipt, cancellation) is { } outcome)
            {
                return outcome;
            }
        }

        return await VerifiedCopy.HoldsAsync(target, sha256, cancellation)
            ? MoveOutcome.Copied
            : throw new IOException($"The copy of '{path}' in quarantine does not have the bytes of the original; the original stays.");
    }

    /// <summary>What is wrong with the source, or null where a copy was made, by this worker or another.</summary>
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
            // A blob that is gone has no version to match either. Asked before the copy: once it is gone, nobody can copy it any more.
            var isGone = error.Status == (int)HttpStatusCode.NotFound || !await source.ExistsAsync(cancellation);

            // Another worker may have copied it, and moved on. Only where there is no copy does the source's state count.
            return await target.ExistsAsync(cancellation) ? null
                : error.ErrorCode == BlobErrorCode.BlobArchived ? MoveOutcome.SourceArchived
                : isGone ? MoveOutcome.SourceGone
                : MoveOutcome.SourceChanged;
        }
    }

    /// <summary>
    /// Deletes the source of a verified copy, if it is still the judged version. A blob with snapshots stays: they would go
    /// with it, and are nowhere else.
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
            // A blob that is gone has no version to match either.
            return await IsSourceGoneAsync(path, cancellation) ? DeleteOutcome.Deleted : DeleteOutcome.SourceChanged;
        }
    }

    /// <summary>
    /// Gives the source a new ETag, so that no deletion that was judged by the old one succeeds any more; null where it is gone
    /// or changed.
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
    /// Copies a quarantined blob back to where it was uploaded, and verifies it. Returns the new blob's ETag, or null where
    /// another image is at that path by now.
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
            // Something is at the path: an earlier attempt's copy, or another upload. The bytes tell.
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

    /// <summary>Deletes a quarantined copy whose original is in the images container in this version; otherwise leaves it.</summary>
    public async Task DeleteCopyAsync(string name, ImagePath path, string etag, CancellationToken cancellation)
    {
        // A record that was tampered with may name the only copy of another image.
        var original = name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if ((original == path.Name || original == path.Id) && (await images.FactsAsync(path, cancellation))?.Version == etag)
        {
            await DeleteForGoodAsync(name, cancellation);
        }
    }

    /// <summary>Deletes a quarantined blob, whatever else exists.</summary>
    public Task DeleteForGoodAsync(string name, CancellationToken cancellation) =>
        Blob(name).DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellation);
}
