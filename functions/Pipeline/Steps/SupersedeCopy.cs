using Serverless.Duplicates;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>Announces a live image anew, behind the better copy of it that is live by now.</summary>
internal sealed class SupersedeCopy(ImageLedger ledger, AnnounceImage announce, RelinkImage relink, ILogger<SupersedeCopy> logger)
{
    /// <summary>False where it changed meanwhile: if it still is a copy, the second look at the better one sees it again.</summary>
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

    /// <summary>Links what it had displaced to what is kept now; what cannot be linked yet is, by the second look at it.</summary>
    public Task RelinkFollowersAsync(Candidate poorer, CancellationToken cancellation) =>
        relink.FollowersAsync(poorer.Path.Id, cancellation);
}
