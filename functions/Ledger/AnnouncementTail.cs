using System.Collections.Immutable;
using Azure.Data.Tables;

namespace Serverless.Ledger;

/// <summary>
/// What this process has read of the log. It grows in the hands of whoever has the log's turn; it may be read, and may shrink, in
/// anybody's.
/// </summary>
internal sealed class AnnouncementTail(TableClient table, TimeProvider clock)
{
    private static readonly TimeSpan ReloadInterval = TimeSpan.FromMinutes(2);

    // Ordered by sequence. Replaced, never changed in place.
    private ImmutableArray<Announcement> known = [];
    private long knownTo;
    private long? reloadedAt;

    public IEnumerable<Announcement> Known => known;

    /// <summary>The last place that was read or taken here.</summary>
    public long KnownTo => Volatile.Read(ref knownTo);

    /// <summary>Reads every row up to this place that is not known yet; now and then all rows, to forget those trimmed.</summary>
    public async Task ReadToAsync(long last)
    {
        var reload = reloadedAt is not { } at || clock.GetElapsedTime(at) > ReloadInterval;
        if (!reload && last == knownTo)
        {
            return;
        }

        var from = AnnouncementTable.KeyOf(reload ? 0 : knownTo);
        var to = AnnouncementTable.KeyOf(last);
        var read = new List<Announcement>();
        await foreach (
            var entity in table.QueryAsync<TableEntity>(
                $"PartitionKey eq '{AnnouncementTable.Partition}' and RowKey gt '{from}' and RowKey le '{to}'"
            )
        )
        {
            // One that cannot be read stands in nobody's way; a reconciliation tells of it.
            if (AnnouncementTable.FromEntity(entity) is { } announcement)
            {
                read.Add(announcement);
            }
        }

        ImmutableInterlocked.Update(ref known, before => reload ? [.. read] : before.AddRange(read));
        Volatile.Write(ref knownTo, last);
        reloadedAt = reload ? clock.GetTimestamp() : reloadedAt;
    }

    /// <summary>What was just written, up to this place.</summary>
    public void Add(IEnumerable<Announcement> announced, long last)
    {
        ImmutableInterlocked.Update(ref known, before => before.AddRange(announced));
        Volatile.Write(ref knownTo, last);
    }

    public void Forget(long sequence) =>
        ImmutableInterlocked.Update(ref known, before => before.RemoveAll(announcement => announcement.Sequence == sequence));
}
