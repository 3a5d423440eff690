using Microsoft.Extensions.Options;
using Serverless.Duplicates;
using Serverless.Embeddings;
using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Pipeline.Steps;

/// <summary>Judges a live image again, once the index shows everything written before the verdict.</summary>
internal sealed class LookAtLive(
    ImagePipeline pipeline,
    DuplicateJudge judge,
    RelinkImage relink,
    EmbeddingModel model,
    StorageClock storage,
    IOptions<DuplicateOptions> options
)
{
    /// <summary>Null if nothing can change any more; otherwise the delay until the next look.</summary>
    public async Task<TimeSpan?> RunAsync(ImageRecord record, CancellationToken cancellation)
    {
        var window = options.Value.VisibilityWindow;
        if (!model.Made(record))
        {
            await pipeline.AdvanceAsync(record.Path, Occasion.Resumption, cancellation);
            return window;
        }

        // The row has said "indexed" at least since then.
        var remaining = record.WrittenAt + window - await storage.NowAsync(cancellation);
        if (remaining > TimeSpan.Zero)
        {
            return remaining;
        }

        var judgement = await judge.JudgeAsync(record, cancellation);
        if (judgement.IsProvisional)
        {
            return window;
        }

        if (judgement.Verdict.IsDuplicate() && !(record.Verdict?.IsDuplicate() ?? false))
        {
            await GiveWayAsync(record, judgement, cancellation);
            return window;
        }

        if (judgement.Superseded.Count > 0 && !record.StaysInPlace)
        {
            await pipeline.SupersedeAsync(record, judgement.Superseded, cancellation);
            return window;
        }

        return null;
    }

    /// <summary>Relinks its followers to the image that supersedes it; the next look relinks those that cannot be relinked yet.</summary>
    private async Task GiveWayAsync(ImageRecord record, Judgement judgement, CancellationToken cancellation)
    {
        if (await pipeline.ApplyAsync(record, judgement, cancellation) == StepResult.LookAgain)
        {
            await pipeline.AdvanceAsync(record.Path, Occasion.Resumption, cancellation);
        }

        await relink.FollowersAsync(record.Id, cancellation);
    }
}
