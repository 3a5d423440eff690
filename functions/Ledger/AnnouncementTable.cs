using System.Globalization;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// The layout of announcements as table rows: one partition, ordered by sequence, so that a range query reads the tail.
/// </summary>
internal static class AnnouncementTable
{
    public const string Partition = "log";

    /// <summary>Sorts after every sequence number.</summary>
    public const string CounterKey = "next";

    /// <summary>Above every possible place: places are counted, or after damage continue from the time in ticks.</summary>
    public static readonly long MostPlaces = new DateTime(2200, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    public static string KeyOf(long sequence) => sequence.ToString("D19", CultureInfo.InvariantCulture);

    public static TableEntity ToEntity(Announcement announcement)
    {
        var row = new TableEntity(Partition, KeyOf(announcement.Sequence))
        {
            ["Path"] = announcement.Path.ToString(),
            ["Cause"] = announcement.Cause,
            ["Sha256"] = announcement.Sha256,
            ["CopyVector"] = ImageRecordTable.ToBytes(announcement.CopyVector),
        };
        ImageRecordTable.Set(row, "Model", announcement.Model);
        ImageRecordTable.Set(row, "ModelRevision", announcement.ModelRevision);
        ImageRecordTable.SetFingerprint(row, announcement.Fingerprint);
        return row;
    }

    /// <summary>Null if the row cannot be read.</summary>
    public static Announcement? FromEntity(TableEntity row) => Read(row, new Columns(row)).Announcement;

    public static ListedAnnouncement ToListed(TableEntity row)
    {
        var columns = new Columns(row);
        var (announcement, path) = Read(row, columns);
        return new(row.RowKey, path, announcement?.Sequence ?? SequenceOf(row) ?? 0, row.Timestamp ?? default, columns.Fault);
    }

    private static (Announcement? Announcement, ImagePath? Path) Read(TableEntity row, Columns columns)
    {
        var path = ImagePath.TryParse(columns.Required("Path"));
        columns.Require(path is not null, "The column Path is not a path.");
        var cause = columns.Required("Cause");
        var sha256 = ImageRecordTable.Sha256Of(columns);
        var vector = ImageRecordTable.VectorOf(columns, "CopyVector");
        var fingerprint = ImageRecordTable.FingerprintOf(columns);
        var (model, revision) = (columns.Text("Model"), columns.Text("ModelRevision"));
        columns.Require(sha256 is not null && !vector.IsEmpty && fingerprint is not null, "The announcement is incomplete.");
        columns.Require(SequenceOf(row) is not null, "Its key is not a place in the order.");
        return columns.Fault is null
            ? (
                new Announcement(path!, cause, sha256!, vector, fingerprint!, SequenceOf(row)!.Value)
                {
                    Model = model,
                    ModelRevision = revision,
                },
                path
            )
            : (null, path);
    }

    private static long? SequenceOf(TableEntity row) =>
        long.TryParse(row.RowKey, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && KeyOf(sequence) == row.RowKey
            ? sequence
            : null;
}
