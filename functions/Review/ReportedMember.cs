using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Review;

/// <summary>A copy or look-alike in a report.</summary>
/// <param name="Row">Where it stands.</param>
/// <param name="Path">Where it was uploaded.</param>
/// <param name="State">What became of it.</param>
/// <param name="KeptPath">The path of what it duplicates or resembles; null if that has been deleted.</param>
/// <param name="IsBurst">A look-alike taken seconds before or after it: a series, not a copy.</param>
internal sealed record ReportedMember(
    GroupRow Row,
    ImagePath Path,
    ImageState State,
    ImagePath? KeptPath,
    double Similarity,
    DuplicateFinding Finding,
    DateTimeOffset DecidedAt,
    DateTimeOffset? TakenAt,
    bool IsBurst
)
{
    /// <summary>The longest time between two pictures of a burst.</summary>
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);

    /// <summary>Null if the record and the row disagree: the record is right.</summary>
    public static ReportedMember? Of(GroupRow row, ImageSummary? image, ImageSummary? kept) =>
        image is { Listed: { } entry } && entry.KeptId == row.KeptId && entry.Kind == row.Kind
            ? new ReportedMember(
                row,
                image.Path,
                image.State,
                kept is { State: not ImageState.Removed } ? kept.Path : null,
                entry.Similarity,
                entry.Finding,
                entry.DecidedAt,
                image.TakenAt,
                row.Kind == DuplicateKind.LookAlike && IsBurstOf(image.TakenAt, kept?.TakenAt)
            )
            : null;

    private static bool IsBurstOf(DateTimeOffset? one, DateTimeOffset? other) =>
        one is { } first && other is { } second && (first - second).Duration() <= Burst;
}
