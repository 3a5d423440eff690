using Serverless.Images;
using Serverless.Pipeline;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>What index, bucket and quarantine have of a range of ids.</summary>
/// <param name="Copies">By id and name.</param>
internal sealed record Stored(
    Dictionary<string, ImageDocument> Documents,
    Dictionary<string, ListedBlob> Blobs,
    Dictionary<string, QuarantinedBlob> Copies
)
{
    /// <summary>Drops what is beyond the range by now.</summary>
    public void Trim(IdRange range)
    {
        range.Trim(Documents);
        range.Trim(Blobs);
        range.Trim(Copies);
    }
}

/// <summary>Lists the images where they are, in the order in which they get there last.</summary>
internal sealed class StoredImages(ImageStore store, QuarantineStore quarantine, ImageIndex index)
{
    public async Task<Stored> ReadAsync(IdRange range, CancellationToken cancellation)
    {
        var (documents, blobs, copiesById) = (
            new Dictionary<string, ImageDocument>(),
            new Dictionary<string, ListedBlob>(),
            new Dictionary<string, QuarantinedBlob>()
        );

        await foreach (var document in index.ListAsync(cancellation))
        {
            range.Add(documents, document.Id, document);
        }

        await foreach (var blob in store.ListAsync(cancellation))
        {
            range.Add(blobs, blob.Path.Id, blob);
        }

        await foreach (var copy in quarantine.ListAsync(cancellation))
        {
            foreach (var id in IdsOf(copy))
            {
                range.Add(copiesById, $"{id} {copy.Name}", copy);
            }
        }

        return new Stored(documents, blobs, copiesById);
    }

    /// <summary>Whether there is an address that leads to it.</summary>
    public bool IsAddressable(ListedBlob blob) => store.IsAddressable(blob.Path);

    /// <summary>The images that a blob in quarantine may be of: by its receipt, and by its name, which for a long one is the id.</summary>
    public string[] IdsOf(QuarantinedBlob copy)
    {
        var original = Copies.OriginalOf(copy.Name);
        var byName = ImagePath.IsId(original) ? original : new ImagePath(store.Images, original).Id;
        return copy.Metadata.GetValueOrDefault(Receipt.Id) is { } id && ImagePath.IsId(id) && id != byName ? [id, byName] : [byName];
    }
}
