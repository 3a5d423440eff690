using Serverless.Images;
using Serverless.Pipeline;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>The contents of index, bucket and quarantine for a range of ids.</summary>
/// <param name="Copies">By id and name.</param>
internal sealed record Stored(
    Dictionary<string, ImageDocument> Documents,
    Dictionary<string, ListedBlob> Blobs,
    Dictionary<string, QuarantinedBlob> Copies
)
{
    /// <summary>Drops items beyond the current range.</summary>
    public void Trim(IdRange range)
    {
        range.Trim(Documents);
        range.Trim(Blobs);
        range.Trim(Copies);
    }
}

/// <summary>Lists the stores, in reverse of the order in which an image reaches them.</summary>
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

    /// <summary>Whether a URL reaches it.</summary>
    public bool IsAddressable(ListedBlob blob) => store.IsAddressable(blob.Path);

    /// <summary>The images that a quarantined blob may belong to: by its receipt, and by its name, which is the id if the original name was
    /// long.</summary>
    public string[] IdsOf(QuarantinedBlob copy)
    {
        var original = Copies.OriginalOf(copy.Name);
        var byName = ImagePath.IsId(original) ? original : new ImagePath(store.Images, original).Id;
        return copy.Metadata.GetValueOrDefault(Receipt.Id) is { } id && ImagePath.IsId(id) && id != byName ? [id, byName] : [byName];
    }
}
