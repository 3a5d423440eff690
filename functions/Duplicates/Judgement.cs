using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Duplicates;

/// <summary>The result of the duplicate check for one image.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Other">The image it duplicates or resembles; null for <see cref="Verdict.New"/>.</param>
/// <param name="OtherSequence">The sequence of <paramref name="Other"/> when it was found live.</param>
/// <param name="Nearest">For <see cref="Verdict.New"/>: the nearest image, if near enough to be compared.</param>
/// <param name="Similarity">Cosine with <paramref name="Other"/>, or else with the nearest; null if nothing was near.</param>
/// <param name="Evidence">The reasons.</param>
/// <param name="IsProvisional">True if an earlier matching image is undecided; the check must be repeated.</param>
internal sealed record Judgement(
    Verdict Verdict,
    ImagePath? Other,
    long OtherSequence,
    ImagePath? Nearest,
    double? Similarity,
    Evidence Evidence,
    bool IsProvisional
)
{
    /// <summary>Live, poorer copies of this image, which it supersedes once it is live.</summary>
    public IReadOnlyList<Candidate> Superseded { get; init; } = [];
}

internal static class JudgedRecords
{
    /// <summary>The record with the verdict.</summary>
    public static ImageRecord Judged(this ImageRecord record, Judgement judgement, DateTimeOffset decidedAt) =>
        record with
        {
            DecidedAt = decidedAt,
            Verdict = judgement.Verdict,
            DuplicateOf = judgement.Other,
            DuplicateOfSequence = judgement.OtherSequence,
            Nearest = judgement.Nearest,
            Similarity = judgement.Similarity,
            Evidence = judgement.Evidence,
        };
}
