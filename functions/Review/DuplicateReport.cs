using System.Runtime.CompilerServices;
using Serverless.Ledger;

namespace Serverless.Review;

/// <summary>The numbers of the whole list.</summary>
/// <param name="Groups">Kept images with copies or look-alikes.</param>
/// <param name="Quarantined">Copies in quarantine.</param>
/// <param name="QuarantinedBytes">What deleting them would free.</param>
/// <param name="Copies">Copies left in place: in shadow mode, or judged for a report.</param>
/// <param name="CopiesBytes">What deleting these would free.</param>
/// <param name="LookAlikes">Images of their own that resemble others.</param>
/// <param name="IsComplete">False if the list is longer than what was counted.</param>
internal sealed record DuplicateTotals(
    long Groups,
    long Quarantined,
    long QuarantinedBytes,
    long Copies,
    long CopiesBytes,
    long LookAlikes,
    bool IsComplete
);

/// <summary>Reports every group of the collection. Nothing is changed.</summary>
internal sealed class DuplicateReport(DuplicateScan scan, ImageLedger ledger)
{
    /// <summary>About a minute.</summary>
    public const int MostCounted = 1_000_000;

    private const int ReadTogether = 50;

    /// <summary>Every copy and look-alike after a row, group by group.</summary>
    public async IAsyncEnumerable<ReportedMember> MembersAsync(
        (string KeptId, string Key)? after,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        await foreach (var rows in scan.RowsAsync(after, cancellation).Chunk(ReadTogether).WithCancellation(cancellation))
        {
            var kept = rows.Select(row => row.KeptId).Distinct().ToDictionary(id => id, id => ledger.FindSummaryAsync(id, cancellation));
            var images = await Task.WhenAll(rows.Select(row => ledger.FindSummaryAsync(row.Id, cancellation)));
            await Task.WhenAll(kept.Values);
            for (var number = 0; number < rows.Length; number++)
            {
                if (ReportedMember.Of(rows[number], images[number], await kept[rows[number].KeptId]) is { } member)
                {
                    yield return member;
                }
            }
        }
    }

    /// <summary>Counts the list's rows, without reading records.</summary>
    public async Task<DuplicateTotals> CountAsync(CancellationToken cancellation)
    {
        var totals = new DuplicateTotals(0, 0, 0, 0, 0, 0, IsComplete: true);
        var (rows, group) = (0, "");
        await foreach (var row in scan.RowsAsync(after: null, cancellation))
        {
            if (++rows > MostCounted)
            {
                return totals with { IsComplete = false };
            }

            totals = Plus(totals, row) with { Groups = totals.Groups + (row.KeptId == group ? 0 : 1) };
            group = row.KeptId;
        }

        return totals;
    }

    private static DuplicateTotals Plus(DuplicateTotals totals, GroupRow row) =>
        row.Kind switch
        {
            DuplicateKind.Quarantined => totals with
            {
                Quarantined = totals.Quarantined + 1,
                QuarantinedBytes = totals.QuarantinedBytes + row.Bytes,
            },
            DuplicateKind.Copy => totals with { Copies = totals.Copies + 1, CopiesBytes = totals.CopiesBytes + row.Bytes },
            _ => totals with { LookAlikes = totals.LookAlikes + 1 },
        };
}
