using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>
/// What happens to an image after any event: an upload, a deletion, a second look, a restore, a backfill, a repair. Any number of workers
/// may run it for one image, concurrently or after a crash: every write is conditional on what was read before.
/// </summary>
internal sealed class ImagePipeline(Snapshots snapshots, DuplicateJudge judge, IngestSteps ingest, OutcomeSteps outcome)
{
    /// <summary>Takes the image from its current state to its final one.</summary>
    public async Task AdvanceAsync(ImagePath path, Occasion occasion, CancellationToken cancellation)
    {
        StepResult result;
        do
        {
            var seen = await snapshots.TakeAsync(path, occasion, cancellation);
            result = await snapshots.ConfirmAsync(seen, await StepAsync(seen, cancellation), cancellation);
        } while (result == StepResult.LookAgain);
    }

    private async Task<StepResult> StepAsync(Snapshot seen, CancellationToken cancellation) =>
        seen.Next switch
        {
            NextStep.Ingest or NextStep.Judge => await JudgeAsync(seen, cancellation),
            NextStep.Quarantine => await outcome.Quarantine.RunAsync(seen.Record!, cancellation),
            NextStep.Publish => await outcome.Publish.SettleAsync(await ingest.Features.RunAsync(seen, cancellation), cancellation),
            NextStep.Restore
                when await outcome.Restore.RunAsync(seen.Record!, cancellation) is var result && result != StepResult.PathTaken => result,
            NextStep.Restore when seen.Blob is not null => await JudgeAsync(seen, cancellation),
            NextStep.Remove => await outcome.Remove.RunAsync(seen.Record!, cancellation),
            _ => StepResult.Done,
        };

    /// <summary>From bytes to a verdict; an image that can never be judged is rejected, one that must wait is deferred.</summary>
    private async Task<StepResult> JudgeAsync(Snapshot seen, CancellationToken cancellation)
    {
        await using var read = await ingest.Read.RunAsync(seen, cancellation);
        var embedded = await ingest.Embed.RunAsync(read, cancellation);
        return await ingest.Announce.RunAsync(embedded, cancellation) switch
        {
            { Rejection: { } reason } upload => await ingest.Reject.RunAsync(upload, reason, cancellation),
            { Deferral: { } deferral } upload => await ingest.Defer.RunAsync(upload, deferral, cancellation),
            { Announced: { } record } => await ApplyAsync(record, await judge.JudgeAsync(record, cancellation), cancellation),
            _ => StepResult.LookAgain,
        };
    }

    /// <summary>Writes the verdict and carries it out: a copy is moved; anything else is published and supersedes poorer copies.</summary>
    public async Task<StepResult> ApplyAsync(ImageRecord record, Judgement judgement, CancellationToken cancellation)
    {
        var decided = await outcome.Apply.TryRunAsync(record, judgement, cancellation);
        if (decided is null or { State: ImageState.Quarantining })
        {
            return decided is null ? StepResult.LookAgain : await outcome.Quarantine.RunAsync(decided, cancellation);
        }

        await outcome.Publish.RunAsync(decided, cancellation);
        await SupersedeAsync(decided, judgement.Superseded, cancellation);
        return StepResult.Done;
    }

    /// <summary>Poorer copies are announced again, behind the kept image: the usual rule then moves them.</summary>
    public async Task SupersedeAsync(ImageRecord kept, IReadOnlyList<Candidate> poorer, CancellationToken cancellation)
    {
        foreach (var copy in kept.StaysInPlace ? [] : poorer)
        {
            if (await outcome.Supersede.TryRunAsync(copy, cancellation))
            {
                await AdvanceAsync(copy.Path, Occasion.Resumption, cancellation);
                await outcome.Supersede.RelinkFollowersAsync(copy, cancellation);
            }
        }
    }
}
