using Serverless.Images;
using Serverless.Ledger;

namespace Serverless.Reconcile;

/// <summary>Checks the list of duplicates against the records it derives from, and repairs it.</summary>
internal sealed class ListingRepair(ImageLedger ledger, DuplicateTable duplicates)
{
    public async Task<bool> IsWrongAsync(Finding finding, CancellationToken cancellation)
    {
        if (finding.Key is null)
        {
            return await ledger.FindAsync(finding.Id, cancellation) is { ListedAs: not null } listed
                && DuplicateEntry.Of(listed) is not null;
        }

        return await duplicates.FindAsync(finding.Partition!, finding.Key, cancellation) is { } row
            && await ledger.FindAsync(finding.Id, cancellation) is var about
            && about?.State != ImageState.Unreadable
            && !DuplicateTable.IsRowOf(row, about is null ? null : DuplicateEntry.Of(about));
    }

    public async Task<string?> RunAsync(Finding finding, CancellationToken cancellation)
    {
        var record = await ledger.FindAsync(finding.Id, cancellation);
        var entry = record is null ? null : DuplicateEntry.Of(record);
        if (finding.Key is null)
        {
            await duplicates.AddAsync(entry!, cancellation);
        }
        else if (await duplicates.FindAsync(finding.Partition!, finding.Key, cancellation) is { } row)
        {
            await duplicates.RepairAsync(finding.Partition!, finding.Key, row.Version, entry, cancellation);
        }

        return null;
    }
}
