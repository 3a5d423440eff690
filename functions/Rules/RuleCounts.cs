namespace Serverless.Rules;

/// <summary>What a rule says of the pairs that it has looked at.</summary>
/// <param name="Groups">Groups with at least one pair that it applies to.</param>
/// <param name="Pairs">Pairs that it applies to.</param>
/// <param name="Changes">Of those, the ones that would change, or did.</param>
/// <param name="Swaps">Quarantined images that are kept instead.</param>
/// <param name="Quarantined">Live images that go to quarantine.</param>
/// <param name="Trashed">Images that go to the trash.</param>
/// <param name="Restored">Images that go back, because they are no duplicates.</param>
/// <param name="Merged">Images that get tags or texts.</param>
/// <param name="BytesFreed">Bytes of what goes to the trash.</param>
internal sealed record RuleCounts(
    int Groups = 0,
    int Pairs = 0,
    int Changes = 0,
    int Swaps = 0,
    int Quarantined = 0,
    int Trashed = 0,
    int Restored = 0,
    int Merged = 0,
    long BytesFreed = 0
)
{
    public RuleCounts Plus(IReadOnlyList<RuledPair> group) =>
        group.Count == 0
            ? this
            : new RuleCounts(
                Groups + 1,
                Pairs + group.Count,
                Changes + group.Count(pair => pair.Moves.Count > 0),
                Swaps + With(group, RuleMove.Swap),
                Quarantined + With(group, RuleMove.Quarantine),
                Trashed + With(group, RuleMove.Trash),
                Restored + With(group, RuleMove.Restore),
                Merged + With(group, RuleMove.Merge),
                BytesFreed + group.Sum(pair => pair.BytesFreed)
            );

    private static int With(IReadOnlyList<RuledPair> group, RuleMove move) => group.Count(pair => pair.Moves.Contains(move));
}
