using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Serverless.Storage;

internal sealed partial class ImageStore
{
    /// <summary>
    /// The facts with the blob's index tags among its properties; where metadata has the same name, that counts. As they are where it has
    /// none, or the app may not read them. A change of index tags makes no new version: they are read when an upload is.
    /// </summary>
    public async Task<StoredImageFacts> WithIndexTagsAsync(ImagePath path, StoredImageFacts facts, CancellationToken cancellation)
    {
        if (facts.IndexTags == 0)
        {
            return facts;
        }

        try
        {
            var tags = (await Blob(path).GetTagsAsync(cancellationToken: cancellation)).Value.Tags;
            return facts with { Properties = BlobLabels.PropertiesOf(tags, facts.Properties) };
        }
        catch (RequestFailedException error) when (error.Status is (int)HttpStatusCode.Forbidden or (int)HttpStatusCode.NotFound)
        {
            return facts;
        }
    }

    /// <summary>
    /// Replaces the tags of a blob and leaves the rest of its metadata. No event tells of it, but the blob has another version then.
    /// </summary>
    /// <returns>The new version; null if the blob is gone or has another version.</returns>
    public async Task<string?> TrySetTagsAsync(ImagePath path, string version, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        try
        {
            var blob = Blob(path);
            var conditions = new BlobRequestConditions { IfMatch = new ETag(version) };
            var metadata = (await blob.GetPropertiesAsync(conditions, cancellation)).Value.Metadata;
            foreach (var key in metadata.Keys.Where(key => key.Equals(BlobLabels.TagsKey, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                metadata.Remove(key);
            }

            if (BlobLabels.TextOf(tags) is { } text)
            {
                metadata[BlobLabels.TagsKey] = text;
            }

            return BlobVersion.Of((await blob.SetMetadataAsync(metadata, conditions, cancellation)).Value.ETag);
        }
        catch (RequestFailedException error) when (IsGoneOrChanged(error))
        {
            return null;
        }
    }
}
