using Azure;
using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Rules;

/// <summary>Carries out what a rule decided about a pair, or undoes it. A failure is noted with its reason and stops nothing.</summary>
internal sealed partial class PairExecution(ImageLedger ledger, RuleMoves moves, RuleMerge merge, ILogger<PairExecution> logger)
{
    /// <summary>Makes the moves up to the first that cannot be made.</summary>
    public async Task<RuledPair> RunAsync(RuledPair pair, CancellationToken cancellation)
    {
        if (pair.Outcome != RuleOutcome.Planned)
        {
            return pair;
        }

        if ((await ledger.FindAsync(pair.Id, cancellation))?.Sha256 != pair.Sha256)
        {
            return pair with { Outcome = RuleOutcome.Left, Reason = "It has changed since." };
        }

        return await AllAsync(pair with { Done = [] }, pair.Moves, MakeAsync, cancellation);
    }

    /// <summary>Takes back what was done, last first. <see cref="RuledPair.Done"/> is then what was taken back.</summary>
    public Task<RuledPair> UndoAsync(RuledPair pair, CancellationToken cancellation) =>
        AllAsync(pair with { Done = [], Reason = null }, [.. pair.Done.Reverse()], TakeBackAsync, cancellation);

    private async Task<RuledPair> AllAsync(
        RuledPair pair,
        IReadOnlyList<RuleMove> wanted,
        Func<RuleMove, RuledPair, CancellationToken, Task<MoveResult>> makeAsync,
        CancellationToken cancellation
    )
    {
        foreach (var move in wanted)
        {
            var result = await TryAsync(move, pair, makeAsync, cancellation);
            pair = result.IsMade ? pair with { Done = [.. pair.Done, move] } : pair;
            if (result.Reason is { } reason)
            {
                return pair with { Outcome = RuleOutcome.Left, Reason = reason };
            }
        }

        return pair with
        {
            Outcome = RuleOutcome.Done,
        };
    }

    private async Task<MoveResult> TryAsync(
        RuleMove move,
        RuledPair pair,
        Func<RuleMove, RuledPair, CancellationToken, Task<MoveResult>> makeAsync,
        CancellationToken cancellation
    )
    {
        try
        {
            return await makeAsync(move, pair, cancellation);
        }
        catch (RequestFailedException error) when (error.Status is >= 400 and < 500 and not (408 or 429))
        {
            MoveFailed(logger, error, move, pair.Id);
            return MoveResult.Not($"A service answered {error.Status}{(error.ErrorCode is { } code ? $" {code}" : "")}.");
        }
    }

    private Task<MoveResult> MakeAsync(RuleMove move, RuledPair pair, CancellationToken cancellation) =>
        move switch
        {
            RuleMove.Quarantine => moves.QuarantineAsync(pair.Id, cancellation),
            RuleMove.Swap => moves.SwapAsync(pair.Id, pair.KeptId, cancellation),
            RuleMove.Merge => merge.AddAsync(pair.WinnerId!, pair.Merged!, cancellation),
            RuleMove.Trash => moves.TrashAsync(pair.LoserId, pair.WinnerId!, cancellation),
            _ => moves.RestoreAsync(pair.Id, cancellation),
        };

    private Task<MoveResult> TakeBackAsync(RuleMove move, RuledPair pair, CancellationToken cancellation) =>
        move switch
        {
            RuleMove.Quarantine => moves.RestoreAsync(pair.Id, cancellation),
            RuleMove.Swap => moves.SwapAsync(pair.KeptId, pair.Id, cancellation),
            RuleMove.Merge => merge.TakeBackAsync(pair.WinnerId!, pair.Merged!, cancellation),
            RuleMove.Trash => moves.TakeOutAsync(pair.LoserId, cancellation),
            _ => moves.QuarantineAsync(pair.Id, cancellation),
        };

    [LoggerMessage(150, LogLevel.Warning, "The move {Move} of a rule failed at {Id}")]
    private static partial void MoveFailed(ILogger logger, Exception error, RuleMove move, string id);
}
