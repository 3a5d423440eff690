using Serverless.Images;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Duplicates;

/// <summary>A possible original of the judged image, compared with it.</summary>
/// <param name="Path">Its upload path.</param>
/// <param name="Sequence">Its place in the order of announcements.</param>
/// <param name="Sha256">Its bytes.</param>
/// <param name="IsLive">True if it is indexed, false if it is announced and undecided.</param>
/// <param name="IsDuplicateItself">True for a live duplicate (shadow mode): others link to its original if possible.</param>
/// <param name="Pair">The verdict on the two.</param>
/// <param name="IsLowerQuality">True if the judged image is the better copy, and the best is kept; or if a person prefers it.</param>
internal sealed record Candidate(
    ImagePath Path,
    long Sequence,
    string Sha256,
    bool IsLive,
    bool IsDuplicateItself,
    PairVerdict Pair,
    bool IsLowerQuality = false
)
{
    /// <summary>True for a live copy that the judged image supersedes, although it was first.</summary>
    public bool IsSuperseded => IsLowerQuality && IsLive && Pair.Verdict.IsDuplicate();

    /// <summary>True for a live copy that a person wants the judged image to replace.</summary>
    public bool IsSupersededByChoice => IsSuperseded && Pair.Evidence.Rule == DuplicateRules.Chosen;

    public static Candidate Of(ImageRecord record, PairVerdict pair) =>
        new(record.Path, record.Sequence, record.Sha256!, true, record.Verdict?.IsDuplicate() ?? false, pair);

    public static Candidate Of(Announcement announcement, PairVerdict pair) =>
        new(announcement.Path, announcement.Sequence, announcement.Sha256, false, false, pair);

    /// <summary>The same under a person's decision about the two.</summary>
    public Candidate By(PairDecision decision) =>
        decision switch
        {
            { KeptId: { } kept } => this with { Pair = DuplicatePolicy.Chosen(Pair), IsLowerQuality = kept != Path.Id },
            _ when Pair.Verdict.IsDuplicate() => this with { Pair = DuplicatePolicy.Remembered(Pair) },
            _ => this,
        };

    /// <summary>Best first: the stronger verdict, then non-duplicates, the nearer, the earlier.</summary>
    public static int ByStrength(Candidate a, Candidate b)
    {
        var order = b.Pair.Verdict.CompareTo(a.Pair.Verdict);
        order = order != 0 ? order : a.IsDuplicateItself.CompareTo(b.IsDuplicateItself);
        order = order != 0 ? order : b.Pair.Similarity.CompareTo(a.Pair.Similarity);
        return order != 0 ? order : a.Sequence.CompareTo(b.Sequence);
    }
}
