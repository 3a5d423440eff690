using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Pipeline.Steps;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>
/// Quarantined images that a person wants deleted. They stay in quarantine, out of the list, until <c>Duplicates:TrashRetention</c> is
/// over; until then they can be taken out or restored.
/// </summary>
internal sealed class Trash(
    ImageLedger ledger,
    DuplicateTable table,
    PublishImage publish,
    DeleteForGood deletion,
    StorageClock storage,
    IOptions<DuplicateOptions> options
)
{
    /// <summary>When an image in the trash will be deleted for good; null if it is not there.</summary>
    public DateTimeOffset? DeletedAfter(ImageRecord record) => record.TrashedAt + options.Value.TrashRetention;

    /// <summary>Puts a quarantined image in the trash, or takes it out. Null if it is not in quarantine.</summary>
    public async Task<ImageRecord?> MoveAsync(ImageRecord record, bool isIn, CancellationToken cancellation)
    {
        DateTimeOffset? trashedAt = isIn ? await storage.NowAsync(cancellation) : null;
        var moved = await ledger.ChangeAsync(
            record,
            known => known.State == ImageState.Quarantined ? known with { TrashedAt = isIn ? known.TrashedAt ?? trashedAt : null } : null,
            cancellation
        );
        return moved is null ? null : await publish.RunAsync(moved.Id, cancellation);
    }

    /// <summary>Deletes what has been in the trash for longer than the retention.</summary>
    /// <returns>How many.</returns>
    public async Task<int> EmptyAsync(CancellationToken cancellation)
    {
        var now = await storage.NowAsync(cancellation);
        var deleted = 0;
        await foreach (var id in table.TrashedAsync(cancellation))
        {
            if (
                await ledger.FindAsync(id, cancellation) is { State: ImageState.Quarantined } record
                && DeletedAfter(record) < now
                && await deletion.TryRunAsync(id, cancellation)
            )
            {
                deleted++;
            }
        }

        return deleted;
    }
}
