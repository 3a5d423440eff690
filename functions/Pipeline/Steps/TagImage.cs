using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Changes an image's tags: first in the blob, which owns them, then in the record and the index. If it stops in between, the blob has an
/// unknown version and is judged again like any other.
/// </summary>
internal sealed class TagImage(ImageLedger ledger, ImageStore store, PublishImage publish)
{
    private const int MostAttempts = 5;

    public async Task<EditOutcome> RunAsync(string id, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var record = await ledger.FindAsync(id, cancellation);
            if (record is not { State: ImageState.Indexed, QuarantineName: null })
            {
                return record is null or { State: ImageState.Removed } ? EditOutcome.Unknown : EditOutcome.NotNow;
            }

            if (
                await store.TrySetTagsAsync(record.Path, record.BlobETag, tags, cancellation) is { } version
                && await WriteAsync(record, version, tags, cancellation)
            )
            {
                await publish.RunAsync(id, cancellation);
                return EditOutcome.Done;
            }
        }

        return EditOutcome.NotNow;
    }

    /// <summary>Moves the record from the previous version to the current one.</summary>
    private async Task<bool> WriteAsync(ImageRecord record, string version, IReadOnlyList<string> tags, CancellationToken cancellation)
    {
        var written = await ledger.ChangeAsync(
            record,
            known => known.BlobETag == record.BlobETag ? known with { BlobETag = version, Tags = tags } : null,
            cancellation
        );
        if (written is not null)
        {
            return true;
        }

        // The new version was judged meanwhile, with its tags.
        return await ledger.FindAsync(record.Id, cancellation) is { State: ImageState.Indexed } now && now.BlobETag == version;
    }
}
