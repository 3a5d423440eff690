using Azure;
using Azure.Storage.Blobs.Models;

namespace Serverless.Storage;

internal sealed partial class ImageStore
{
    /// <summary>
    /// Replaces the tags of a blob and leaves the rest of its metadata. No event tells of it, but the blob has another version then.
    /// </summary>
    /// <returns>The new version; null where the blob went, or is not in that version.</returns>
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
