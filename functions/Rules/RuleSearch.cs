using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Rules;

/// <summary>The pairs that a rule applies to: a kept image, and one that duplicates or resembles it.</summary>
/// <param name="Status">The kind of the second image.</param>
/// <param name="Verdict">The verdict on it; null for any.</param>
/// <param name="Reasons">The rules of its evidence, of <see cref="DuplicateRules"/>; empty for any.</param>
/// <param name="KeptPrefix">The start of the kept image's path; null for any.</param>
/// <param name="MovedPrefix">The start of the other image's path; null for any.</param>
/// <param name="MinSimilarity">The least cosine; null for any.</param>
internal sealed record RuleSearch(
    DuplicateKind Status = DuplicateKind.Quarantined,
    Verdict? Verdict = null,
    IReadOnlyList<string>? Reasons = null,
    string? KeptPrefix = null,
    string? MovedPrefix = null,
    double? MinSimilarity = null
)
{
    public bool Finds(ImageRecord kept, ImageRecord member) =>
        DuplicateEntry.Of(member) is { } entry
        && entry.Kind == Status
        && entry.KeptId == kept.Id
        && (Verdict is null || member.Verdict == Verdict)
        && (Reasons is null or [] || (member.Evidence is { } evidence && Reasons.Contains(evidence.Rule)))
        && StartsWith(kept, KeptPrefix)
        && StartsWith(member, MovedPrefix)
        && (MinSimilarity is null || entry.Similarity >= MinSimilarity);

    private static bool StartsWith(ImageRecord record, string? prefix) =>
        prefix is null || record.Path.ToString().StartsWith(prefix, StringComparison.Ordinal);
}
