using System.Globalization;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>How an announcement is laid out as a table row: one partition, ordered by sequence, so that a range query reads the tail.</summary>
internal static class AnnouncementTable
{
    public const string Partition = "log";

    /// <summary>Sorts after every sequence number.</summary>
    public const string CounterKey = "next";

    public static readonly string[] ListedColumns = ["RowKey", "Timestamp", "Path"];

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

    public static Announcement FromEntity(TableEntity row) => new(
        ImagePath.TryParse(row.GetString("Path"))!,
        row.GetString("Cause"),
        row.GetString("Sha256"),
        ImageRecordTable.ToVector(row.GetBinary("CopyVector")),
        ImageRecordTable.GetFingerprint(row)!,
        long.Parse(row.RowKey, CultureInfo.InvariantCulture))
    {
        Model = row.GetString("Model"),
        ModelRevision = row.GetString("ModelRevision"),
    };

    public static ListedAnnouncement ToListed(TableEntity row) => new(
        ImagePath.TryParse(row.GetString("Path"))!, long.Parse(row.RowKey, CultureInfo.InvariantCulture), row.Timestamp ?? default);
}
