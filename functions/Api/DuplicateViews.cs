using Serverless.Ledger;
using Serverless.Review;
using Serverless.Storage;

namespace Serverless.Api;

/// <summary>A page of the list of duplicates.</summary>
/// <param name="Groups">In the requested order; may be fewer than requested, even none, while there is a
/// <paramref name="Continuation"/>.</param>
/// <param name="Continuation">Pass it as <c>continuation</c> for the next page; null at the end.</param>
internal sealed record DuplicatesReply(IReadOnlyList<DuplicateGroupView> Groups, string? Continuation);

/// <summary>A kept image and the images it displaced or resembles.</summary>
/// <param name="Kept">The kept image. Its <c>status</c> is <c>removed</c> if it has since been deleted, and <c>setAside</c> if there is
/// none: a person set the only member aside.</param>
/// <param name="Members">The duplicates (<c>status</c> quarantined, or <c>verdict</c> copy or exact) and look-alikes, each a whole
/// record.</param>
/// <param name="Confidence">The cosine of the most similar member shown, 1 for the same bytes.</param>
/// <param name="Continuation">If the group has more members: pass it to <c>/api/duplicates/{id}</c>; otherwise null.</param>
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
        if (group.Members.FirstOrDefault(member => member.IsSetAside && member.Id == group.KeptId) is { } alone)
        {
            return Bare(alone.Path, "setAside");
        }

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

/// <summary>The effect of another threshold on known images, from their stored scores. Nothing is changed.</summary>
/// <param name="Threshold">The requested threshold.</param>
/// <param name="CurrentThreshold">The threshold in use.</param>
/// <param name="Scored">Images with a stored score: a duplicate, a look-alike, or a near neighbour.</param>
/// <param name="AtLeast">Those at or above the requested threshold.</param>
/// <param name="Quarantined">Those it would call duplicates, with all other settings unchanged.</param>
/// <param name="ConfirmedByPixels">Of those, the ones confirmed by pixels or identical bytes.</param>
/// <param name="QuarantinedToday">Images called duplicates now: in quarantine, or left in place (shadow mode).</param>
/// <param name="Added">Images that would become duplicates.</param>
/// <param name="Released">Images that would no longer be duplicates.</param>
/// <param name="AddedExamples">The least similar of those added.</param>
/// <param name="ReleasedExamples">The most similar of those released.</param>
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
