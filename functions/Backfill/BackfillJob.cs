using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>The status of a backfill.</summary>
internal enum BackfillStatus
{
    Running,
    Completed,
    Cancelled,
}

/// <summary>
/// One walk over a container's blobs: the request, the progress, and where the listing continues. The images to process are in its slices;
/// <see cref="Done"/> and <see cref="Failed"/> count those of slices that are over.
/// </summary>
internal sealed record BackfillJob
{
    public const string Partition = "backfill";

    public string Id { get; init; } = "";

    public BackfillStatus Status { get; init; }

    public BackfillWork Work { get; init; }

    public string Container { get; init; } = "";

    public string? Prefix { get; init; }

    /// <summary>Only counts.</summary>
    public bool DryRun { get; init; }

    /// <summary>What it judges stays in place, whatever the verdict.</summary>
    public bool ReportOnly { get; init; }

    /// <summary>The maximum number of images to process.</summary>
    public long? Max { get; init; }

    /// <summary>Blobs seen.</summary>
    public long Found { get; init; }

    /// <summary>Blobs that were, or in a dry run would be, processed.</summary>
    public long Queued { get; init; }

    /// <summary>Blobs that needed no work: already judged, or described, in their current version.</summary>
    public long Skipped { get; init; }

    public long Done { get; init; }

    /// <summary>
    /// Blobs that failed here and were handed to the recheck queue, which retries them and reports those that keep failing.
    /// </summary>
    public long Failed { get; init; }

    /// <summary>Bytes of the blobs counted in <see cref="Queued"/>.</summary>
    public long Bytes { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Reason { get; init; }

    /// <summary>The listing's continuation token for the next page.</summary>
    public string? Continuation { get; init; }

    /// <summary>Every blob was seen, or enough: <see cref="Queued"/> is final.</summary>
    public bool IsListed { get; init; }

    /// <summary>The number of the next slice.</summary>
    public int NextSlice { get; init; }

    /// <summary>A message was sent for each slice below this number.</summary>
    public int SentTo { get; init; }

    /// <summary>When the messages of all its slices were sent again.</summary>
    public DateTimeOffset? ResentAt { get; init; }

    /// <summary>Blobs counted by names alone, ahead of the listing: what will be seen in all.</summary>
    public long Counted { get; init; }

    public bool IsCounted { get; init; }

    /// <summary>The count's continuation token.</summary>
    public string? CountContinuation { get; init; }

    /// <summary>When it was started or last resumed.</summary>
    public DateTimeOffset RunningSince { get; init; }

    /// <summary><see cref="Done"/> at that time.</summary>
    public long DoneBefore { get; init; }

    /// <summary>When the row was last written, by the clock of the storage service.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public ETag RowVersion { get; init; }

    /// <summary>The rows of backfills, without those of slices.</summary>
    public static string Filter =>
        string.Create(CultureInfo.InvariantCulture, $"PartitionKey eq '{Partition}' and RowKey lt '{BackfillSlice.KeyPrefix}'");

    public static (string Partition, string Row) KeyOf(string id) => (Partition, id);

    public TableEntity ToEntity()
    {
        var row = new TableEntity(Partition, Id)
        {
            ["Status"] = Status.ToString(),
            ["Work"] = Work.ToString(),
            ["Container"] = Container,
            ["DryRun"] = DryRun,
            ["ReportOnly"] = ReportOnly,
            ["Found"] = Found,
            ["Queued"] = Queued,
            ["Skipped"] = Skipped,
            ["Done"] = Done,
            ["Failed"] = Failed,
            ["Bytes"] = Bytes,
            ["StartedAt"] = StartedAt,
            ["IsListed"] = IsListed,
            ["NextSlice"] = NextSlice,
            ["SentTo"] = SentTo,
            ["Counted"] = Counted,
            ["IsCounted"] = IsCounted,
            ["RunningSince"] = RunningSince,
            ["DoneBefore"] = DoneBefore,
        };
        foreach (
            var (name, value) in new (string, object?)[]
            {
                ("Prefix", Prefix),
                ("Max", Max),
                ("FinishedAt", FinishedAt),
                ("Reason", Reason),
                ("Continuation", Continuation),
                ("CountContinuation", CountContinuation),
                ("ResentAt", ResentAt),
            }
        )
        {
            if (value is not null)
            {
                row[name] = value;
            }
        }

        return row;
    }

    /// <summary>Null if the row cannot be read: the backfill counts as missing.</summary>
    public static BackfillJob? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var job = new BackfillJob
        {
            Id = row.RowKey,
            Status = columns.Chosen<BackfillStatus>("Status"),
            Work = columns.Choice<BackfillWork>("Work") ?? BackfillWork.Judge,
            Container = columns.Required("Container"),
            Prefix = columns.Text("Prefix"),
            DryRun = columns.Flag("DryRun"),
            ReportOnly = columns.Flag("ReportOnly"),
            Max = row.ContainsKey("Max") ? columns.Count("Max") : null,
            Found = columns.Count("Found"),
            Queued = columns.Count("Queued"),
            Skipped = columns.Count("Skipped"),
            Done = columns.Count("Done"),
            Failed = columns.Count("Failed"),
            Bytes = columns.Count("Bytes"),
            StartedAt = columns.Time("StartedAt") ?? default,
            FinishedAt = columns.Time("FinishedAt"),
            Reason = columns.Text("Reason"),
            Continuation = columns.Text("Continuation"),
            IsListed = columns.Flag("IsListed"),
            NextSlice = columns.SmallCount("NextSlice"),
            SentTo = columns.SmallCount("SentTo"),
            ResentAt = columns.Time("ResentAt"),
            Counted = columns.Count("Counted"),
            IsCounted = columns.Flag("IsCounted"),
            CountContinuation = columns.Text("CountContinuation"),
            RunningSince = columns.Time("RunningSince") ?? columns.Time("StartedAt") ?? default,
            DoneBefore = columns.Count("DoneBefore"),
            WrittenAt = row.Timestamp ?? default,
            RowVersion = row.ETag,
        };
        return columns.Fault is null ? job : null;
    }
}
