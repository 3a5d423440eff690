using Serverless.Ledger;
using Serverless.Review;

namespace Serverless.Api;

/// <summary>A page of the report on duplicates.</summary>
/// <param name="Groups">Groups in the order of their ids. The last one may go on in the next page.</param>
/// <param name="Continuation">Pass it as <c>continuation</c> for the next page; null at the end.</param>
internal sealed record ReportReply(IReadOnlyList<ReportGroupView> Groups, string? Continuation);

/// <summary>A kept image with its copies and look-alikes on this page.</summary>
/// <param name="Id">The kept image.</param>
/// <param name="Path">Its path; null if it has been deleted.</param>
/// <param name="FreedBytes">What deleting the copies on this page would free.</param>
/// <param name="Members">From the largest file down: in quarantine first, then copies left in place, then look-alikes.</param>
internal sealed record ReportGroupView(string Id, string? Path, long FreedBytes, IReadOnlyList<ReportMemberView> Members);

/// <summary>A copy or look-alike.</summary>
/// <param name="Status"><c>quarantined</c>, <c>copy</c> (left in place) or <c>lookAlike</c>.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Similarity">Cosine with the kept image; 1 for the same bytes.</param>
/// <param name="Finding">What decided besides the cosine.</param>
/// <param name="IsBurst">A look-alike taken within ten seconds of the kept image: a series, not a copy.</param>
/// <param name="TakenAt">When it was taken, by its file; null if the file does not say.</param>
/// <param name="DecidedAt">When it was judged.</param>
internal sealed record ReportMemberView(
    string Id,
    string Path,
    DuplicateKind Status,
    long Bytes,
    double Similarity,
    DuplicateFinding Finding,
    bool IsBurst,
    DateTime? TakenAt,
    DateTime DecidedAt
)
{
    public static ReportMemberView Of(ReportedMember member) =>
        new(
            member.Row.Id,
            member.Path.ToString(),
            member.Row.Kind,
            member.Row.Bytes,
            member.Similarity,
            member.Finding,
            member.IsBurst,
            member.TakenAt?.UtcDateTime,
            member.DecidedAt.UtcDateTime
        );
}
