using System.Collections.Immutable;
using Azure.Data.Tables;

namespace Serverless.Ledger;

/// <summary>
/// The part of the log that this process has read. Only the holder of the log's lock extends it; it may be read, and may shrink, in
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

    /// <summary>The last place read or taken by this process.</summary>
    public long KnownTo => Volatile.Read(ref knownTo);

    /// <summary>Reads all unknown rows up to this place; now and then all rows, to forget removed ones.</summary>
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
            // Unreadable rows are ignored; a reconciliation reports them.
            if (AnnouncementTable.FromEntity(entity) is { } announcement)
            {
                read.Add(announcement);
            }
        }

        ImmutableInterlocked.Update(ref known, before => reload ? [.. read] : before.AddRange(read));
        Volatile.Write(ref knownTo, last);
        reloadedAt = reload ? clock.GetTimestamp() : reloadedAt;
    }

    /// <summary>Adds what was just written, up to this place.</summary>
    public void Add(IEnumerable<Announcement> announced, long last)
    {
        ImmutableInterlocked.Update(ref known, before => before.AddRange(announced));
        Volatile.Write(ref knownTo, last);
    }

    public void Forget(long sequence) =>
        ImmutableInterlocked.Update(ref known, before => before.RemoveAll(announcement => announcement.Sequence == sequence));
}
