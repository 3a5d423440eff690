using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Duplicates;

/// <summary>What the duplicate check says of one image, and against which other.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Other">What it duplicates or resembles; null for <see cref="Verdict.New"/>.</param>
/// <param name="OtherSequence">The sequence of <paramref name="Other"/> when it was seen to be live.</param>
/// <param name="Nearest">For <see cref="Verdict.New"/>: the nearest image, where it is near enough to have been compared.</param>
/// <param name="Similarity">Cosine with <paramref name="Other"/>, or with the nearest where there is none; null where nothing was
/// near.</param>
/// <param name="Evidence">Why.</param>
/// <param name="IsProvisional">True where an earlier image that matches is not decided yet; the check must be repeated.</param>
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
    /// <summary>Live, poorer copies of this image, which give way to it once it is live.</summary>
    public IReadOnlyList<Candidate> Displaced { get; init; } = [];
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
