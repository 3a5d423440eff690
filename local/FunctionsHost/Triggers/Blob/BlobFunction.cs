using Azure;
using Azure.Storage.Blobs.Models;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Storage;

namespace FunctionsHost.Triggers.Blob;

internal enum BlobAttempt
{
    Succeeded,
    Failed,

    /// <summary>Deleted or overwritten since it was listed. The next listing shows what there is instead.</summary>
    Gone,
}

/// <summary>A function with a blob trigger: what it is called with, and what it is done with.</summary>
internal sealed record BlobFunction(
    Function Function, BlobTrigger Trigger, BlobPathPattern Pattern, StorageAccount Account, BlobReceipts Receipts, bool Deferred)
{
    public bool Wants(KnownBlob blob) => Pattern.Match(blob.Name) is not null && !Receipts.Contains(Pattern.Container, blob);

    public async Task<BlobAttempt> InvokeAsync(KnownBlob known, HandlerClient handler, CancellationToken abandoned)
    {
        var blob = Account.Blobs.GetBlobContainerClient(Pattern.Container).GetBlobClient(known.Name);
        var unchanged = new BlobRequestConditions { IfMatch = new ETag(known.ETag) };
        Invocation invocation;
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(unchanged, abandoned);
            var data = Deferred
                ? BlobInvocation.DeferredData(Trigger.Connection, Pattern.Container, known.Name)
                : BindingData.Bytes((await blob.DownloadContentAsync(unchanged, abandoned)).Value.Content);
            invocation = BlobInvocation.Create(Function, data, blob, properties, Pattern.Match(known.Name)!);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return BlobAttempt.Gone;
        }

        return await handler.InvokeAsync(invocation, abandoned) is null ? BlobAttempt.Succeeded : BlobAttempt.Failed;
    }
}
