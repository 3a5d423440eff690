using Serverless.Duplicates;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>Announces a live image again, behind its better copy that is now live.</summary>
internal sealed class SupersedeCopy(ImageLedger ledger, AnnounceImage announce, RelinkImage relink, ILogger<SupersedeCopy> logger)
{
    /// <summary>False if it changed meanwhile: if it is still a copy, the better one's second look finds it.</summary>
    public async Task<bool> TryRunAsync(Candidate poorer, CancellationToken cancellation)
    {
        if (
            await ledger.FindAsync(poorer.Path.Id, cancellation) is not { IsLive: true } record
            || record.Sequence != poorer.Sequence
            || await announce.TryRunAgainAsync(record.Undecided() with { StaysInPlace = false }, $"better:{record.Sequence}", cancellation)
                is null
        )
        {
            return false;
        }

        PipelineLog.Superseded(logger, record.Id);
        return true;
    }

    /// <summary>Relinks its followers to the kept image; its second look relinks those that cannot be relinked yet.</summary>
    public Task RelinkFollowersAsync(Candidate poorer, CancellationToken cancellation) =>
        relink.FollowersAsync(poorer.Path.Id, cancellation);
}
