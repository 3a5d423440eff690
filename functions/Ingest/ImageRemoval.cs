using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>Forgets an image whose blob was deleted. The event may come late, twice, or for a move of our own.</summary>
internal sealed class ImageRemoval(
    ImageStore store, ImageLedger ledger, Decision decision, IndexWriter index, RecheckQueue recheck, IOptions<DuplicateOptions> options)
{
    public async Task RunAsync(ImagePath path, CancellationToken cancellation)
    {
        while (!await TryRunAsync(path, cancellation))
        {
            // The record changed meanwhile: look again.
        }
    }

    private async Task<bool> TryRunAsync(ImagePath path, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(path.Id, cancellation);
        if (record is null or { State: ImageState.Quarantined or ImageState.Restoring or ImageState.Unreadable }
            || await store.FactsAsync(path, cancellation) is not null)
        {
            return true;
        }

        if (record.State == ImageState.Quarantining)
        {
            return await decision.TryFinishAsync(record, cancellation);
        }

        // The row stays for a while as a sign to those who wait for this image; the recheck deletes it. Where it is there already,
        // the index may not have followed.
        if (record.State != ImageState.Removed && await ledger.TryWriteAsync(record with { State = ImageState.Removed }, cancellation) is null)
        {
            return false;
        }

        await index.SyncAsync(path.Id, cancellation);
        await recheck.SendAsync(new RecheckMessage(path.Id, record.Sequence), options.Value.VisibilityWindow, cancellation);
        return true;
    }
}
