using Azure;
using Azure.Storage.Blobs.Models;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Blob;

/// <summary>A function with a blob trigger: what it is called with, and what it is done with.</summary>
internal sealed record BlobFunction(
    Function Function, BlobTrigger Trigger, BlobPathPattern Pattern, StorageAccount Account, BlobReceipts Receipts, bool Deferred)
{
    public bool Wants(KnownBlob blob) => Pattern.Match(blob.Name) is not null && !Receipts.Contains(Pattern.Container, blob);

    /// <summary>What to call the function with; null where the blob was deleted or overwritten since it was listed.</summary>
    public async Task<Invocation?> FindAsync(KnownBlob known, CancellationToken abandoned)
    {
        var blob = Account.Blobs.GetBlobContainerClient(Pattern.Container).GetBlobClient(known.Name);
        var unchanged = new BlobRequestConditions { IfMatch = new ETag(known.ETag) };
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(unchanged, abandoned);
            var data = Deferred
                ? BlobInvocation.DeferredData(Trigger.Connection, Pattern.Container, known.Name)
                : BindingData.Bytes((await blob.DownloadContentAsync(unchanged, abandoned)).Value.Content);
            return BlobInvocation.Create(Function, data, blob, properties, Pattern.Match(known.Name)!);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null; // The next listing shows what there is instead.
        }
    }
}
