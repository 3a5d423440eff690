using Serverless.Duplicates;
using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Pipeline;

/// <summary>The outcome of a request to quarantine an image as a copy of the one it resembles.</summary>
internal enum CopyByChoiceOutcome
{
    Moved,

    /// <summary>It cannot be moved; its record says why.</summary>
    Stays,

    /// <summary>It is not live, or resembles nothing.</summary>
    NoLookAlike,

    /// <summary>What it resembles is not live.</summary>
    OtherGone,
}

/// <summary>
/// Moves a live look-alike to quarantine as a copy of the image it resembles, because a person says so: a copy that the rules missed, or a
/// restored image after second thoughts.
/// </summary>
internal sealed class CopyByChoice(ImageLedger ledger, RememberedDecisions decisions, DuplicatePolicy policy, ImagePipeline pipeline)
{
    public Task<CopyByChoiceOutcome> RunAsync(string id, CancellationToken cancellation) =>
        Race.UntilWonAsync(() => AttemptAsync(id, cancellation));

    /// <summary>Null if the record changed meanwhile.</summary>
    private async Task<CopyByChoiceOutcome?> AttemptAsync(string id, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(id, cancellation);
        if (record is not { IsLive: true, DuplicateOf: { } other })
        {
            return CopyByChoiceOutcome.NoLookAlike;
        }

        if (await ledger.FindAsync(other.Id, cancellation) is not { IsLive: true } kept)
        {
            return CopyByChoiceOutcome.OtherGone;
        }

        if (await ledger.TryWriteAsync(record with { IsCalledCopy = true }, cancellation) is null)
        {
            return null;
        }

        await decisions.PreferAsync(kept.Id, kept.Sha256!, record.Id, record.Sha256!, cancellation);
        var pair = policy.Compare(Subject.Of(record), Subject.Of(kept));
        await pipeline.SupersedeAsync(kept with { StaysInPlace = false }, [Candidate.Of(record, pair)], cancellation);
        return await ledger.FindAsync(record.Id, cancellation) switch
        {
            { State: ImageState.Quarantined } => CopyByChoiceOutcome.Moved,

            // It still has its place in the order, so it has not been judged again.
            { IsLive: true } now when now.Sequence == record.Sequence => null,
            _ => CopyByChoiceOutcome.Stays,
        };
    }
}
