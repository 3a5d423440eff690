using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Review;

/// <summary>A kept image with its duplicates and look-alikes.</summary>
/// <param name="KeptId">The kept image.</param>
/// <param name="Kept">Its record; null if it has since been deleted.</param>
/// <param name="Members">The duplicates and look-alikes, in the requested order.</param>
/// <param name="Next">The key to continue from; null if these are all.</param>
internal sealed record DuplicateGroup(string KeptId, ImageRecord? Kept, IReadOnlyList<ImageRecord> Members, string? Next);

/// <param name="Groups">In the requested order.</param>
/// <param name="Next">The key to continue from; null at the end.</param>
internal sealed record DuplicatePage(IReadOnlyList<DuplicateGroup> Groups, string? Next);

/// <summary>
/// Reads the list in pages. A group is positioned by its first member. The cost of a page does not depend on the list's length: at most
/// <see cref="MostRows"/> rows are read, and <see cref="LooksPerGroup"/> groups for each one wanted. A page may therefore be shorter than
/// requested and still have a continuation.
/// </summary>
internal sealed class DuplicateGroups(DuplicateTable table, ImageLedger ledger)
{
    public const int MembersShown = 20;
    private const int MostRows = 1000;
    private const int LooksPerGroup = 3;

    /// <summary>The groups after the key <paramref name="after"/>; with a kind, only of that kind's images.</summary>
    public async Task<DuplicatePage> PageAsync(
        DuplicateSort sort,
        DuplicateKind? kind,
        string? after,
        int top,
        CancellationToken cancellation
    )
    {
        var groups = new List<DuplicateGroup>();
        var seen = new HashSet<string>();
        var (from, to) = DuplicateEntry.RangeOf(kind);
        var last = after ?? from;
        var rows = 0;
        await foreach (var row in table.ReadAsync(sort, last, to, MostRows, cancellation))
        {
            rows++;
            last = row.Key;
            if (row.Fault is null && seen.Add(row.KeptId) && await FirstGroupAsync(row, sort, kind, cancellation) is { } group)
            {
                groups.Add(group);
            }

            if (groups.Count == top || seen.Count == top * LooksPerGroup)
            {
                return new DuplicatePage(groups, last);
            }
        }

        return new DuplicatePage(groups, rows == MostRows ? last : null);
    }

    /// <summary>The members of one group after a key.</summary>
    public async Task<DuplicateGroup> GroupAsync(
        string keptId,
        DuplicateSort sort,
        DuplicateKind? kind,
        string? after,
        int top,
        CancellationToken cancellation
    )
    {
        var kept = ledger.FindAsync(keptId, cancellation);
        var rows = await RowsAsync(keptId, sort, kind, after, top + 1, cancellation);
        var members = await Task.WhenAll(rows.Take(top).Select(row => MemberAsync(row, sort, cancellation)));
        return new DuplicateGroup(
            keptId,
            Present(await kept),
            [.. members.OfType<ImageRecord>()],
            rows.Count > top ? rows[top - 1].Key : null
        );
    }

    /// <summary>The group of a row, if the row is that group's first and is correct.</summary>
    private async Task<DuplicateGroup?> FirstGroupAsync(
        DuplicateRow row,
        DuplicateSort sort,
        DuplicateKind? kind,
        CancellationToken cancellation
    )
    {
        if (await MemberAsync(row, sort, cancellation) is null)
        {
            // A row of the record that disagrees with it was damaged: a reconciliation rewrites it.
            var record = await ledger.FindAsync(row.Id, cancellation);
            if (record is not { State: ImageState.Unreadable } && (record is null || DuplicateEntry.Of(record)?.KeyOf(sort) != row.Key))
            {
                await table.ForgetAsync(sort, row, cancellation);
            }

            return null;
        }

        var rows = await RowsAsync(row.KeptId, sort, kind, null, MembersShown + 1, cancellation);
        var members = await Task.WhenAll(rows.Take(MembersShown).Select(member => MemberAsync(member, sort, cancellation)));
        var present = members.OfType<ImageRecord>().ToList();
        if (present.Count == 0 || present[0].Id != row.Id)
        {
            return null;
        }

        var kept = Present(await ledger.FindAsync(row.KeptId, cancellation));
        return new DuplicateGroup(row.KeptId, kept, present, rows.Count > MembersShown ? rows[MembersShown - 1].Key : null);
    }

    private async Task<List<DuplicateRow>> RowsAsync(
        string keptId,
        DuplicateSort sort,
        DuplicateKind? kind,
        string? after,
        int atMost,
        CancellationToken cancellation
    )
    {
        var (from, to) = DuplicateEntry.RangeOf(kind);
        var rows = new List<DuplicateRow>();
        await foreach (var row in table.ReadGroupAsync(keptId, sort, after ?? from, to, atMost, cancellation))
        {
            if (row.Fault is null)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The record of a row; null if they disagree. The record is right.</summary>
    private async Task<ImageRecord?> MemberAsync(DuplicateRow row, DuplicateSort sort, CancellationToken cancellation) =>
        await ledger.FindAsync(row.Id, cancellation) is { } record
        && DuplicateEntry.Of(record) is { } entry
        && entry.KeptId == row.KeptId
        && entry.KeyOf(sort) == row.Key
            ? record
            : null;

    private static ImageRecord? Present(ImageRecord? record) =>
        record is { State: not (ImageState.Removed or ImageState.Unreadable) } ? record : null;
}
