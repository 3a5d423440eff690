using System.Diagnostics;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FunctionsHost.Storage;
using FunctionsHost.Triggers.EventGrid;

namespace FunctionsHost.Triggers.Blob;

/// <summary>
/// Lists one container again and again. What it compares is names and ETags, never times, so that no blob falls between two
/// listings.
/// </summary>
internal sealed class ContainerWatcher(
    BlobContainerClient container, string prefix, IReadOnlyList<BlobFunction> functions, KnownBlobs known,
    BlobDispatcher dispatcher, BlobDeletions? deletions, ILogger log) : IListener, IDisposable
{
    private bool _waitingForContainer;

    public async Task RunAsync(CancellationToken stopping, CancellationToken abandoned)
    {
        try
        {
            await StorageRetry.UntilDoneAsync("reading receipts", () => LoadAsync(stopping), log, stopping);
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                await StorageRetry.UntilDoneAsync($"listing {container.Name}", () => ScanAsync(stopping), log, stopping);
                await Task.Delay(PollDelay.After(Stopwatch.GetElapsedTime(started)), stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    public void Dispose() => known.Dispose();

    private async Task LoadAsync(CancellationToken stopping)
    {
        foreach (var function in functions)
        {
            await function.Receipts.LoadAsync(stopping);
        }

        await known.LoadAsync(stopping);
    }

    private async Task ScanAsync(CancellationToken stopping)
    {
        var listed = new HashSet<string>();
        try
        {
            await foreach (var page in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, stopping).AsPages())
            {
                listed.UnionWith(page.Values.Select(item => item.Name));
                await AddAsync(page.Values, stopping);
            }

            _waitingForContainer = false;
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            if (!_waitingForContainer)
            {
                log.WaitingForContainer(container.Name);
                _waitingForContainer = true;
            }

            return; // As in Azure, the deletion of a whole container is not the deletion of its blobs.
        }

        foreach (var blob in known.MissingIn(listed))
        {
            await NoticeDeletionAsync(blob, stopping);
        }
    }

    private async Task AddAsync(IReadOnlyList<BlobItem> items, CancellationToken stopping)
    {
        var changed = items.Where(item => known.Find(item.Name, KnownBlob.ETagOf(item)) is null).Select(KnownBlob.From);
        await known.AddAsync([.. changed], stopping);
        foreach (var blob in items.Select(item => known.Find(item.Name, KnownBlob.ETagOf(item))).OfType<KnownBlob>())
        {
            if (blob.Dispatched)
            {
                continue;
            }

            blob.Dispatched = true;
            foreach (var function in functions.Where(function => function.Wants(blob)))
            {
                dispatcher.Add(function, blob);
            }
        }
    }

    private async Task NoticeDeletionAsync(KnownBlob blob, CancellationToken stopping)
    {
        try
        {
            // A blob that was uploaded while the pages were read may be in none of them. One that no URL can address is asked for in vain.
            if (BlobAddress.Reaches(container, blob.Name) && await container.GetBlobClient(blob.Name).ExistsAsync(stopping))
            {
                return;
            }
        }
        catch (RequestFailedException e) when (e.Status == 400)
        {
            // Storage knows no blob of such a name.
        }
        catch (RequestFailedException e) when (!StorageRetry.IsOutage(e, stopping))
        {
            log.DeletionUnclear($"{container.Name}/{blob.Name}", StorageRetry.Describe(e));
            return;
        }

        known.MarkDeleted(blob);
        deletions?.Raise(container, blob, accepted => known.ForgetAsync(blob, accepted));
    }
}
