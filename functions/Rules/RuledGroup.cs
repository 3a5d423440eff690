using Serverless.Images;

namespace Serverless.Rules;

/// <summary>A group as a rule decides it.</summary>
/// <param name="Kept">The kept image; only its path if it is gone.</param>
/// <param name="Members">What duplicates or resembles it, by id.</param>
/// <param name="Pairs">The decisions on the pairs that the rule applies to.</param>
internal sealed record RuledGroup(ImageRecord Kept, IReadOnlyDictionary<string, ImageRecord> Members, IReadOnlyList<RuledPair> Pairs);

/// <param name="Next">The key to continue after; null at the end.</param>
internal sealed record RuledPage(IReadOnlyList<RuledGroup> Groups, string? Next);
