using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline.Steps;

/// <summary>
/// Links in quarantine never form chains. When a kept image is itself quarantined, its duplicates are relinked to another live match, or
/// restored if there is none.
/// </summary>
internal sealed class RelinkImage(
    ImageLedger ledger,
    DuplicateTable table,
    LiveMatches matches,
    SendBack sendBack,
    PublishImage publish,
    ILogger<RelinkImage> logger
)
{
    /// <summary>Relinks all images that this one had displaced.</summary>
    public async Task<StepResult> FollowersAsync(string id, CancellationToken cancellation)
    {
        var result = StepResult.Done;
        await foreach (var follower in table.QuarantinedAsync(id, cancellation))
        {
            result = await RunAsync(follower, cancellation) == StepResult.Done ? result : StepResult.Postponed;
        }

        return result;
    }

    /// <summary>Relinks one image if its original is in quarantine as a copy. What a person set aside keeps its copies.</summary>
    public async Task<StepResult> RunAsync(string id, CancellationToken cancellation)
    {
        if (
            await ledger.FindAsync(id, cancellation)
                is not { State: ImageState.Quarantined, IsSetAside: false, DuplicateOf: { } other } record
            || await ledger.FindAsync(other.Id, cancellation) is not { State: ImageState.Quarantined, IsSetAside: false }
        )
        {
            return StepResult.Done;
        }

        var match = await matches.OfAsync(record, cancellation);
        return match switch
        {
            { Record: { } renewed, Kept: { } kept } => await LinkAsync(renewed, kept, cancellation),
            { IsOpen: true } => StepResult.Postponed,
            { IsAlone: true } => await SendBackAsync(record, cancellation),
            _ => StepResult.Done,
        };
    }

    private async Task<StepResult> LinkAsync(ImageRecord record, Candidate kept, CancellationToken cancellation)
    {
        var linked = record with
        {
            Verdict = kept.Pair.Verdict,
            DuplicateOf = kept.Path,
            DuplicateOfSequence = kept.Sequence,
            Similarity = kept.Pair.Similarity,
            Evidence = kept.Pair.Evidence,
        };
        if (await ledger.TryWriteAsync(linked, cancellation) is null)
        {
            return StepResult.Postponed;
        }

        PipelineLog.Relinked(logger, record.Id, kept.Path.Id);
        await publish.RunAsync(record.Id, cancellation);
        return StepResult.Done;
    }

    private Task<StepResult> SendBackAsync(ImageRecord record, CancellationToken cancellation)
    {
        PipelineLog.GoesBack(logger, record.Id);
        return sendBack.RunAsync(record, cancellation);
    }
}
