using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Rules;

/// <summary>
/// Reads the groups of the list, the latest decision first, and decides each by a rule. A page costs the same wherever it begins. Changes
/// made meanwhile get new places before the page: nothing is met twice.
/// </summary>
internal sealed class RuleScan(DuplicateTable table, ImageLedger ledger)
{
    /// <summary>Of a larger group only the latest are decided; the others in a next run.</summary>
    private const int MostMembers = 500;

    private const int MostRows = 200;
    private const int AtOnce = 8;

    /// <summary>The groups after the key <paramref name="after"/>, until they have so many pairs that the rule applies to.</summary>
    public async Task<RuledPage> PageAsync(Rule rule, string? after, int pairs, CancellationToken cancellation)
    {
        var (from, to) = DuplicateEntry.RangeOf(rule.Search.Status);
        var rows = await table.ReadAsync(DuplicateSort.Date, after ?? from, to, MostRows, cancellation).ToListAsync(cancellation);
        var groups = new List<RuledGroup>();
        foreach (var some in rows.Where(row => row.Fault is null).DistinctBy(row => row.KeptId).Chunk(AtOnce))
        {
            var decided = await Task.WhenAll(some.Select(row => GroupAsync(rule, row, cancellation)));
            groups.AddRange(decided.OfType<RuledGroup>());
            if (groups.Sum(group => group.Pairs.Count) >= pairs)
            {
                return new RuledPage(groups, some[^1].Key == rows[^1].Key && rows.Count < MostRows ? null : some[^1].Key);
            }
        }

        return new RuledPage(groups, rows.Count == MostRows ? rows[^1].Key : null);
    }

    /// <summary>Null if the row is not the first of its group, or the rule applies to nothing there.</summary>
    private async Task<RuledGroup?> GroupAsync(Rule rule, DuplicateRow row, CancellationToken cancellation)
    {
        var (from, to) = DuplicateEntry.RangeOf(rule.Search.Status);
        var rows = await table
            .ReadGroupAsync(row.KeptId, DuplicateSort.Date, from, to, MostMembers, cancellation)
            .ToListAsync(cancellation);
        if (rows.Count == 0 || rows[0].Key != row.Key)
        {
            return null;
        }

        var members = new List<ImageRecord>();
        foreach (var some in rows.Where(member => member.Fault is null).Chunk(AtOnce))
        {
            members.AddRange((await Task.WhenAll(some.Select(member => ledger.FindAsync(member.Id, cancellation)))).OfType<ImageRecord>());
        }

        var kept = await KeptAsync(row.KeptId, members, cancellation);
        var pairs = kept is null ? [] : new RuleDecision(rule, kept).Of(members);
        return pairs.Count == 0
            ? null
            : new RuledGroup(kept!, members.DistinctBy(member => member.Id).ToDictionary(member => member.Id), pairs);
    }

    private async Task<ImageRecord?> KeptAsync(string id, List<ImageRecord> members, CancellationToken cancellation) =>
        await ledger.FindAsync(id, cancellation) is { State: not ImageState.Unreadable } kept ? kept
        : members.Select(member => member.DuplicateOf).FirstOrDefault(path => path?.Id == id) is { } path
            ? new ImageRecord
            {
                Path = path,
                State = ImageState.Removed,
                BlobETag = "",
            }
        : null;
}
