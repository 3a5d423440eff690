using Serverless.Backfill;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Models;
using Serverless.Storage;

namespace Serverless.Migration;

/// <summary>
/// A change of model: a second index is filled in the background while the first one answers; one write of one row switches; until it is
/// ended, both indexes are kept and the switch can be taken back.
/// </summary>
internal sealed partial class ModelMigration(
    ModelTable table,
    ModelSides sides,
    BackfillRun backfills,
    Fullness fullness,
    StorageClock storage,
    ILogger<ModelMigration> logger
)
{
    /// <summary>How often each instance looks at the row.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>How long after a switch the previous index is kept up to date.</summary>
    public static readonly TimeSpan KeepPrevious = TimeSpan.FromDays(1);

    /// <summary>Until then every instance knows that there is a second index, and no upload is missed by the listing.</summary>
    private static readonly TimeSpan Known = 3 * Look;

    /// <exception cref="MigrationRefusedException">The model cannot be used, or a migration runs.</exception>
    public async Task<ModelState> StartAsync(string provider, string model, CancellationToken cancellation)
    {
        var state = await StateAsync(cancellation);
        var target = new ModelChoice(provider, model, "");
        if (state.Status == MigrationStatus.Filling)
        {
            throw new MigrationRefusedException(
                $"A migration to '{state.Other!.Model}' runs: wait for it, or give it up with POST /api/models/migrate/rollback."
            );
        }

        if (state.InForce.IsSameModel(target))
        {
            throw new MigrationRefusedException($"The model '{model}' is already in force.");
        }

        if ((ModelSides.UnusableReason(target) ?? ModelMemory.Refusal(target)) is { } reason)
        {
            throw new MigrationRefusedException(reason);
        }

        return await WriteAsync(ModelDecision.To(target, state, await storage.NowAsync(cancellation)), cancellation);
    }

    /// <summary>Answers from the second index from now on.</summary>
    /// <param name="force">Although images are missing in it.</param>
    /// <exception cref="MigrationRefusedException">Nothing is being filled, or it is not full.</exception>
    public async Task<ModelState> SwitchAsync(bool force, CancellationToken cancellation)
    {
        var state = await StateAsync(cancellation);
        if (state.Status != MigrationStatus.Filling)
        {
            throw new MigrationRefusedException("No second index is being filled: start with POST /api/models/migrate.");
        }

        if (sides.OtherFailure is { } failure)
        {
            throw new MigrationRefusedException(failure);
        }

        if (!force && await fullness.OfAsync(state, cancellation) is { IsFull: false, Missing: var missing })
        {
            throw new MigrationRefusedException(
                $"The index '{state.Other!.Index}' is not full: at least {missing:N0} images are missing. Wait, or switch with "
                    + "'force': what is missing is then judged by the new model."
            );
        }

        return await WriteAsync(ModelDecision.Switched(state, await storage.NowAsync(cancellation)), cancellation);
    }

    /// <summary>Takes a switch back, or gives up a fill.</summary>
    /// <exception cref="MigrationRefusedException">There is no migration.</exception>
    public async Task<ModelState> RollBackAsync(CancellationToken cancellation) => await LeaveAsync(ModelDecision.RolledBack, cancellation);

    /// <summary>Keeps what is in force, and the second index no longer up to date.</summary>
    /// <exception cref="MigrationRefusedException">There is no migration.</exception>
    public async Task<ModelState> EndAsync(CancellationToken cancellation) => await LeaveAsync(ModelDecision.Ended, cancellation);

    /// <summary>Does what is due: starts a backfill, switches, ends. Any instance may; the row decides which one did.</summary>
    public async Task ContinueAsync(CancellationToken cancellation)
    {
        if (sides.State is not { } state || (state.Status == MigrationStatus.None && state.Work == MigrationWork.None))
        {
            return;
        }

        var now = await storage.NowAsync(cancellation);
        if (state is { Work: not MigrationWork.None, JobId: null })
        {
            if (now - state.WrittenAt >= Known && (state.Work == MigrationWork.Adopt || sides.Other is not null))
            {
                await BeginAsync(state, cancellation);
            }
        }
        else if (state is { Status: MigrationStatus.Filling, SwitchesWhenFull: true })
        {
            if (sides.Other is not null && (await fullness.OfAsync(state, cancellation)).IsFull)
            {
                await TryWriteAsync(ModelDecision.Switched(state, now), cancellation);
                LogSwitched(logger, state.Other!.Model);
            }
        }
        else if (state.Status == MigrationStatus.Switched && now - state.SwitchedAt >= KeepPrevious)
        {
            await TryWriteAsync(ModelDecision.Ended(state), cancellation);
        }
    }

    private async Task BeginAsync(ModelState state, CancellationToken cancellation)
    {
        var work = state.Work == MigrationWork.Fill ? BackfillWork.Fill : BackfillWork.Judge;
        var job = await backfills.StartAsync(new BackfillJob { Work = work }, cancellation);
        if (!await TryWriteAsync(state with { JobId = job.Id }, cancellation))
        {
            await backfills.CancelAsync(job.Id, cancellation);
        }
    }

    private async Task<ModelState> LeaveAsync(Func<ModelState, ModelState> leave, CancellationToken cancellation)
    {
        var state = await StateAsync(cancellation);
        if (state.Status == MigrationStatus.None)
        {
            throw new MigrationRefusedException("No migration is open: start one with POST /api/models/migrate.");
        }

        var left = await WriteAsync(leave(state), cancellation);
        if (state.JobId is { } job && state.JobId != left.JobId)
        {
            await backfills.CancelAsync(job, cancellation);
        }

        return left;
    }

    private async Task<ModelState> StateAsync(CancellationToken cancellation) =>
        (await table.FindAsync(cancellation)).State
        ?? throw new MigrationRefusedException("The app has not noted its model yet: try again in a few seconds.");

    /// <summary>Returns the state as it was read back.</summary>
    private async Task<ModelState> WriteAsync(ModelState state, CancellationToken cancellation)
    {
        if (!await TryWriteAsync(state, cancellation))
        {
            throw new MigrationRefusedException("Somebody else changed the migration at the same moment: look at it again.");
        }

        return sides.State!;
    }

    private async Task<bool> TryWriteAsync(ModelState state, CancellationToken cancellation)
    {
        var isFirst = await table.TryWriteAsync(state, cancellation);
        await sides.FollowAsync(cancellation);
        return isFirst;
    }

    [LoggerMessage(153, LogLevel.Information, "The index of {Model} is full: it answers from now on")]
    private static partial void LogSwitched(ILogger logger, string model);
}
