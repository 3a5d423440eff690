using System.Globalization;
using Serverless.Ledger;
using Serverless.Storage;

namespace Serverless.Reconcile;

/// <summary>Repairs the announcement log: leftovers, unreadable rows, and the counter of places.</summary>
internal sealed class AnnouncementRepair(AnnouncementLog log, RecheckQueue recheck)
{
    public async Task<string?> TrimAsync(Finding finding, CancellationToken cancellation)
    {
        var sequence = long.Parse(finding.Key!, CultureInfo.InvariantCulture);
        await recheck.SendAsync(new RecheckMessage(finding.Id, sequence), TimeSpan.Zero, cancellation);
        return null;
    }

    public async Task<string?> RemoveUnreadableAsync(Finding finding, CancellationToken cancellation)
    {
        if (finding.Key == AnnouncementTable.CounterKey)
        {
            return await log.Counter.TryRestartAsync(long.Parse(finding.Partition!, CultureInfo.InvariantCulture), cancellation)
                ? null
                : Repair.Changed;
        }

        await log.TrimAsync(finding.Key!, cancellation);
        return null;
    }
}
