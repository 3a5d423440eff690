using Serverless.Api.Description;
using Serverless.Images;
using Serverless.Jobs;
using Serverless.Rules;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>One of two alike images.</summary>
internal sealed record RuledImageView(
    string Id,
    string Path,
    int? Width,
    int? Height,
    [property: Choices<Imaging.ImageFormat>] string? Format,
    long Bytes,
    string? Sha256,
    DateTime UploadedAt,
    IReadOnlyList<string> Tags
)
{
    public static RuledImageView Of(ImageRecord record) =>
        new(
            record.Id,
            record.Path.ToString(),
            record.Format is null ? null : record.Width,
            record.Format is null ? null : record.Height,
            record.Format is { } format ? Names.Of(format) : null,
            record.Bytes,
            record.Sha256,
            record.UploadedAt.UtcDateTime,
            record.Tags
        );
}

/// <summary>What a rule would do with a pair.</summary>
/// <param name="Kept">The image that is kept now.</param>
/// <param name="Moved">The one that duplicates or resembles it.</param>
/// <param name="Similarity">The cosine of the two.</param>
/// <param name="WinnerId">The image of the group that stays; null if both do, or nothing is decided.</param>
/// <param name="By">The comparator that decides; null if none has to.</param>
/// <param name="Moves">What would be done, in this order; empty if nothing.</param>
/// <param name="Obstacle">Why nothing would be done: the pair is already so; no comparator prefers one of the two; the one that would
/// give way never loses; or the kept image is gone. Null if something would.</param>
/// <param name="MergedTags">The tags that the winner gets.</param>
/// <param name="BytesFreed">Bytes of what goes to the trash.</param>
internal sealed record RulePairView(
    RuledImageView Kept,
    RuledImageView Moved,
    double? Similarity,
    string? WinnerId,
    ComparatorKind? By,
    IReadOnlyList<RuleMove> Moves,
    RuleObstacle? Obstacle,
    IReadOnlyList<string> MergedTags,
    long BytesFreed
);

/// <summary>What a rule would do. Nothing is changed.</summary>
/// <param name="Counts">Of this page; add up those of all pages.</param>
/// <param name="Pairs">The pairs of this page: whole groups, the latest decision first.</param>
/// <param name="Continuation">Pass it for the next page; null at the end.</param>
internal sealed record RulePreview(RuleCounts Counts, IReadOnlyList<RulePairView> Pairs, string? Continuation);

/// <summary>What a rule did with a pair.</summary>
/// <param name="Kept">The image that was kept before.</param>
/// <param name="Moved">The one that duplicates or resembles it.</param>
/// <param name="WinnerId">The image of the group that stays; null if both do.</param>
/// <param name="Moves">What was to be done.</param>
/// <param name="Outcome">Whether that was done; in an undo, whether it was taken back.</param>
/// <param name="Done">The moves that were made, or taken back.</param>
/// <param name="Reason">Why not all were; null if all were.</param>
internal sealed record RuleChangeView(
    ImageReference Kept,
    ImageReference Moved,
    string? WinnerId,
    IReadOnlyList<RuleMove> Moves,
    RuleOutcome Outcome,
    IReadOnlyList<RuleMove> Done,
    string? Reason
)
{
    public static RuleChangeView Of(RuledPair pair) =>
        new(
            new ImageReference(pair.KeptId, pair.KeptPath),
            new ImageReference(pair.Id, pair.Path),
            pair.WinnerId,
            pair.Moves,
            pair.Outcome,
            pair.Done,
            pair.Reason
        );
}

/// <summary>A rule that is being applied or undone, or was.</summary>
/// <param name="UndoOf">The run that this one undoes; null if it applies a rule.</param>
/// <param name="Stage">First every pair is decided, then it is carried out.</param>
/// <param name="Counts">What was decided so far.</param>
/// <param name="Total">Pairs to carry out or to undo, so far.</param>
/// <param name="Done">Of those, the ones that are done.</param>
/// <param name="Left">Those that could not be done, or not to the end; their <c>reason</c> says why.</param>
/// <param name="IsCapped">Whether there are more pairs than one run takes: apply the rule again.</param>
/// <param name="UndoUntil">Until then what it put in the trash can be taken out by an undo; null if there is nothing to undo.</param>
/// <param name="Changes">Pairs it changes, at most 500; null in the list of all runs.</param>
/// <param name="Continuation">If there are more of them: pass it as <c>continuation</c>; otherwise null.</param>
internal sealed record RuleRunView(
    string Id,
    JobStatus Status,
    string? UndoOf,
    [property: Choices("deciding", "applying", "undoing")] string Stage,
    RuleCounts Counts,
    int Total,
    int Done,
    int Left,
    bool IsCapped,
    DateTime StartedAt,
    DateTime? FinishedAt,
    DateTime? UndoUntil,
    string? Reason,
    IReadOnlyList<RuleChangeView>? Changes,
    string? Continuation
);

/// <summary>The newest runs of rules.</summary>
internal sealed record RuleRunList(IReadOnlyList<RuleRunView> Jobs);
