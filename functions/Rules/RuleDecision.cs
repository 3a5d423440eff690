using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Rules;

/// <summary>
/// Decides a group by a rule: the best of all its images that the rule applies to stays. In doubt nothing changes. Pure: what it says is
/// carried out elsewhere.
/// </summary>
internal sealed class RuleDecision(Rule rule, ImageRecord kept)
{
    /// <summary>The pairs of the group that the rule applies to; what replaces the kept image comes first.</summary>
    /// <param name="members">Those that duplicate or resemble it.</param>
    public IReadOnlyList<RuledPair> Of(IReadOnlyList<ImageRecord> members)
    {
        var found = members.Where(member => rule.Search.Finds(kept, member)).ToList();
        if (rule.Action == RuleAction.Restore)
        {
            return [.. found.Select(Restored)];
        }

        if (!kept.IsLive)
        {
            return [.. found.Select(member => Unchanged(member, RuleObstacle.KeptGone))];
        }

        var winner = rule.Protects(kept) ? kept : found.Aggregate(kept, (best, member) => Compare(member, best).Sign > 0 ? member : best);
        return [.. found.OrderByDescending(member => member.Id == winner.Id).Select(member => Pair(member, winner))];
    }

    private RuledPair Pair(ImageRecord member, ImageRecord winner)
    {
        if (member.Id == winner.Id)
        {
            return Changed(member, member, kept, Swapping(member), Compare(member, kept).By);
        }

        var (sign, by) = Compare(winner, member);
        return sign < 0 ? Unchanged(member, RuleObstacle.NeverLoses)
            : sign == 0 ? Unchanged(member, RuleObstacle.Undecided)
            : rule.Protects(member) && GivesWay(member) ? Unchanged(member, RuleObstacle.NeverLoses)
            : Changed(member, winner, member, rule.Search.Status == DuplicateKind.Quarantined ? [] : [RuleMove.Quarantine], by);
    }

    /// <summary>Whether the rule would take the member from where it is.</summary>
    private bool GivesWay(ImageRecord member) => member.IsLive || rule.Action == RuleAction.Trash;

    private List<RuleMove> Swapping(ImageRecord member) => member.IsLive ? [RuleMove.Quarantine, RuleMove.Swap] : [RuleMove.Swap];

    private RuledPair Changed(ImageRecord member, ImageRecord winner, ImageRecord loser, List<RuleMove> moves, ComparatorKind? by)
    {
        var merged = rule.Merge ? MergedTexts.Of(winner, loser) : null;
        if (merged is not null)
        {
            moves.Add(RuleMove.Merge);
        }

        if (rule.Action == RuleAction.Trash)
        {
            moves.Add(RuleMove.Trash);
        }

        return Of(member) with
        {
            WinnerId = winner.Id,
            By = by,
            Moves = moves,
            Obstacle = moves.Count == 0 ? RuleObstacle.AlreadySo : null,
            Merged = merged,
            BytesFreed = rule.Action == RuleAction.Trash ? loser.Bytes : 0,
        };
    }

    private RuledPair Restored(ImageRecord member) =>
        member.IsLive ? Unchanged(member, RuleObstacle.AlreadySo) : Of(member) with { Moves = [RuleMove.Restore] };

    private RuledPair Unchanged(ImageRecord member, RuleObstacle obstacle) => Of(member) with { Obstacle = obstacle };

    private RuledPair Of(ImageRecord member) =>
        new()
        {
            Id = member.Id,
            Path = member.Path.ToString(),
            KeptId = kept.Id,
            KeptPath = kept.Path.ToString(),
            Sha256 = member.Sha256,
        };

    /// <summary>Positive if <paramref name="a"/> wins, and the comparator that decided.</summary>
    private (int Sign, ComparatorKind? By) Compare(ImageRecord a, ImageRecord b)
    {
        foreach (var comparator in rule.Keep)
        {
            if (comparator.Compare(a, b, kept.Id) is not 0 and var sign)
            {
                return (sign, comparator.By);
            }
        }

        return (0, null);
    }
}
