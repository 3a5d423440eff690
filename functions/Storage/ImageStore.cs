using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Options;

namespace Serverless.Storage;

/// <summary>The container that people upload to.</summary>
internal sealed partial class ImageStore(BlobServiceClient service, IOptions<StorageOptions> options)
{
    private const string FolderKey = "hdi_isfolder";

    /// <summary>The service's page limit.</summary>
    private const int ListPageSize = 5000;

    private readonly BlobContainerClient container = service.GetBlobContainerClient(options.Value.Images);

    public string Images => options.Value.Images;

    public Task EnsureAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    public BlobBaseClient Blob(ImagePath path) => container.GetBlobBaseClient(BlobNames.Marked(path.Name));

    /// <summary>The path of a blob URL, or null if it is not in this app's account and container.</summary>
    public ImagePath? PathOf(Uri uri)
    {
        var prefix = $"{container.Uri.AbsolutePath}/";
        return
            uri.Host == container.Uri.Host
            && uri.Port == container.Uri.Port
            && uri.AbsolutePath.StartsWith(prefix, StringComparison.Ordinal)
            ? PathOfName(Uri.UnescapeDataString(uri.AbsolutePath[prefix.Length..]))
            : null;
    }

    /// <summary>The path of a name in the images container; null if no URL reaches it.</summary>
    public ImagePath? PathOfName(string? name) =>
        BlobNames.Normalized(name) is { Length: <= 1024 } normal ? new ImagePath(Images, normal) : null;

    /// <summary>Whether the URL leads to the blob of exactly that name.</summary>
    public bool IsAddressable(ImagePath path) => PathOfName(path.Name) == path;

    /// <summary>The path in the subject of an Event Grid event (<c>/blobServices/default/containers/C/blobs/NAME</c>), or null.</summary>
    public ImagePath? PathOfSubject(string? subject)
    {
        var prefix = $"/blobServices/default/containers/{Images}/blobs/";
        return subject?.StartsWith(prefix, StringComparison.Ordinal) == true ? PathOfName(subject[prefix.Length..]) : null;
    }

    /// <summary>A blob's properties; null if there is none, or only a folder marker.</summary>
    public async Task<StoredImageFacts?> FactsAsync(ImagePath path, CancellationToken cancellation)
    {
        try
        {
            var properties = (await Blob(path).GetPropertiesAsync(cancellationToken: cancellation)).Value;
            return IsFolderMarker(properties.ContentLength, properties.Metadata) || !await IsNamedAsync(path, cancellation)
                ? null
                : new StoredImageFacts(
                    properties.ContentLength,
                    properties.ETag,
                    properties.LastModified,
                    BlobLabels.TagsOf(properties.Metadata)
                )
                {
                    Properties = BlobLabels.PropertiesOf(properties.Metadata),
                    IndexTags = properties.TagCount,
                    IsArchived = properties.AccessTier == AccessTier.Archive.ToString(),
                };
        }
        catch (RequestFailedException error) when (error.Status == (int)HttpStatusCode.NotFound || IsNoName(error))
        {
            return null;
        }
    }

    /// <summary>An account with a hierarchical namespace shows each folder as an empty blob marked as such.</summary>
    public static bool IsFolderMarker(long bytes, IDictionary<string, string>? metadata) =>
        bytes == 0
        && metadata
            ?.FirstOrDefault(pair => pair.Key.Equals(FolderKey, StringComparison.OrdinalIgnoreCase))
            .Value?.Equals("true", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>
    /// Whether the responding blob has exactly that name. Something in between may normalise dot segments and doubled slashes in the URL,
    /// and so reach another image.
    /// </summary>
    private async Task<bool> IsNamedAsync(ImagePath path, CancellationToken cancellation)
    {
        if (!BlobNames.IsUnplain(path.Name))
        {
            return true;
        }

        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = path.Name }, cancellation))
        {
            // It is the first in the service's order among all names with the prefix.
            return blob.Name == path.Name;
        }

        return false;
    }

    /// <summary>Whether the blob is listed but cannot be addressed by its name.</summary>
    public async Task<bool> IsUnreachableAsync(ImagePath path, CancellationToken cancellation)
    {
        await foreach (
            var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = path.Name, Traits = BlobTraits.Metadata }, cancellation)
        )
        {
            return blob.Name == path.Name
                && !IsFolderMarker(blob.Properties.ContentLength ?? 0, blob.Metadata)
                && await FactsAsync(path, cancellation) is null;
        }

        return false;
    }

    /// <summary>The service rejects the URL as no blob's: even if listed, the blob cannot be addressed.</summary>
    private static bool IsNoName(RequestFailedException error) =>
        error.ErrorCode == BlobErrorCode.InvalidResourceName || error.ErrorCode == BlobErrorCode.InvalidUri;

    /// <summary>One page of the blobs under a prefix, in the service's order; pass the previous page's continuation.</summary>
    public async Task<BlobPage> PageAsync(string? prefix, string? continuation, int size, CancellationToken cancellation)
    {
        var pages = container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellation).AsPages(continuation, size);
        await using var page = pages.GetAsyncEnumerator(cancellation);
        return await page.MoveNextAsync()
            ? new BlobPage(
                [
                    .. page.Current.Values.Select(blob => new ListedBlob(
                        new ImagePath(Images, blob.Name),
                        BlobVersion.Of(blob.Properties.ETag!.Value),
                        blob.Properties.ContentLength ?? 0,
                        blob.Properties.LastModified ?? default
                    )),
                ],
                string.IsNullOrEmpty(page.Current.ContinuationToken) ? null : page.Current.ContinuationToken
            )
            : new BlobPage([], null);
    }

    /// <summary>Every blob.</summary>
    public async IAsyncEnumerable<ListedBlob> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string? continuation = null;
        do
        {
            var page = await PageAsync(null, continuation, ListPageSize, cancellation);
            foreach (var blob in page.Blobs)
            {
                yield return blob;
            }

            continuation = page.Continuation;
        } while (continuation is not null);
    }

    /// <summary>The bytes of the version that <paramref name="facts"/> describes; null if it changed or is gone.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(ImagePath path, StoredImageFacts facts, CancellationToken cancellation)
    {
        try
        {
            var download = await Blob(path)
                .DownloadContentAsync(
                    new BlobDownloadOptions { Conditions = new BlobRequestConditions { IfMatch = facts.ETag } },
                    cancellation
                );
            return download.Value.Content.ToMemory();
        }
        catch (RequestFailedException error) when (IsGoneOrChanged(error))
        {
            return null;
        }
    }

    /// <summary>Writes a blob; null if one exists and must not be replaced.</summary>
    public async Task<StoredImageFacts?> TryUploadAsync(
        ImagePath path,
        ReadOnlyMemory<byte> bytes,
        (bool Overwrite, IReadOnlyList<string> Tags) how,
        CancellationToken cancellation
    )
    {
        try
        {
            var written = await container
                .GetBlobClient(BlobNames.Marked(path.Name))
                .UploadAsync(
                    BinaryData.FromBytes(bytes),
                    new BlobUploadOptions
                    {
                        Conditions = how.Overwrite ? null : new BlobRequestConditions { IfNoneMatch = ETag.All },
                        Metadata = BlobLabels.TextOf(how.Tags) is { } tags
                            ? new Dictionary<string, string> { [BlobLabels.TagsKey] = tags }
                            : null,
                    },
                    cancellation
                );
            return new StoredImageFacts(bytes.Length, written.Value.ETag, written.Value.LastModified, how.Tags);
        }
        catch (RequestFailedException error) when (error.Status is (int)HttpStatusCode.Conflict or (int)HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
    }

    /// <summary>The blob is missing, or not the requested version.</summary>
    public static bool IsGoneOrChanged(RequestFailedException error) =>
        error.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.PreconditionFailed;
}
