using Serverless.Ledger;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>A page of the list of duplicates.</summary>
/// <param name="Groups">In the order asked for; may be fewer than asked for, even none, where <paramref name="Continuation"/> goes
/// on.</param>
/// <param name="Continuation">Give it back as <c>continuation</c> for the next page; null at the end.</param>
internal sealed record DuplicatesReply(IReadOnlyList<DuplicateGroupView> Groups, string? Continuation);

/// <summary>A kept image and what it displaced or resembles.</summary>
/// <param name="Kept">The kept image. Its <c>status</c> is <c>removed</c> where it was deleted since.</param>
/// <param name="Members">The duplicates (<c>status</c> quarantined, or <c>verdict</c> copy or exact) and look-alikes, each a whole
/// record.</param>
/// <param name="Confidence">The cosine of the member that is most alike among those shown, 1 for the same bytes.</param>
/// <param name="Continuation">Where the group has more members than shown: give it to <c>/api/duplicates/{id}</c>; otherwise null.</param>
internal sealed record DuplicateGroupView(ImageView Kept, IReadOnlyList<ImageView> Members, double Confidence, string? Continuation)
{
    public static DuplicateGroupView Of(DuplicateGroup group, Func<string, string> continuation) =>
        new(
            KeptView(group),
            [.. group.Members.Select(ImageView.Of).OfType<ImageView>()],
            group.Members.Max(member => DuplicateEntry.Of(member)?.Similarity) ?? 0,
            group.Next is null ? null : continuation(group.Next)
        );

    private static ImageView KeptView(DuplicateGroup group)
    {
        var path = group.Members.Select(member => member.DuplicateOf).FirstOrDefault(path => path?.Id == group.KeptId);
        return group.Kept is { } kept ? ImageView.Of(kept) ?? Bare(kept.Path, "processing") : Bare(path, "removed", group.KeptId);
    }

    private static ImageView Bare(ImagePath? path, string status, string? id = null) =>
        new(
            id ?? path!.Id,
            path?.ToString() ?? "",
            status,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            0,
            null,
            default,
            null,
            [],
            null,
            null
        );
}

/// <summary>What another threshold would have done to the images that are known, by their stored scores. Nothing is changed.</summary>
/// <param name="Threshold">The threshold asked about.</param>
/// <param name="CurrentThreshold">The one in force.</param>
/// <param name="Scored">Images with a stored score: a duplicate, a look-alike, or a near neighbour.</param>
/// <param name="AtLeast">Those at or above the threshold asked about.</param>
/// <param name="Quarantined">Those that it would call duplicates, the other settings being as they are.</param>
/// <param name="ConfirmedByPixels">Of those, how many are confirmed by pixels or have the same bytes.</param>
/// <param name="QuarantinedToday">Images called duplicates now: in quarantine, or left in place (shadow mode).</param>
/// <param name="Added">Would be called duplicates, and are not today.</param>
/// <param name="Released">Are called duplicates today, and would not be.</param>
/// <param name="AddedExamples">Of those added, the least alike.</param>
/// <param name="ReleasedExamples">Of those released, the most alike.</param>
/// <param name="Histogram">All stored scores in bars, lowest first.</param>
internal sealed record WhatIfReply(
    double Threshold,
    double CurrentThreshold,
    int Scored,
    int AtLeast,
    int Quarantined,
    int ConfirmedByPixels,
    int QuarantinedToday,
    int Added,
    int Released,
    IReadOnlyList<ImageView> AddedExamples,
    IReadOnlyList<ImageView> ReleasedExamples,
    IReadOnlyList<ScoreBar> Histogram
);
