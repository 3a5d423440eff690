using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Backfill;

/// <summary>An image in a slice, in the version that was listed.</summary>
internal sealed record SliceItem(string Name, string ETag);

/// <summary>Some images of a backfill that one worker processes, in order.</summary>
internal sealed record BackfillSlice
{
    /// <summary>Sorts after every backfill's id.</summary>
    public const string KeyPrefix = "~";

    public required string JobId { get; init; }

    public required int Number { get; init; }

    /// <summary>Empty if they were not read.</summary>
    public IReadOnlyList<SliceItem> Items { get; init; } = [];

    public required int Count { get; init; }

    /// <summary>The images already processed, from the first on.</summary>
    public int Processed { get; init; }

    /// <summary>Of those, the ones that failed.</summary>
    public int Failed { get; init; }

    public bool IsDone => Processed >= Count;

    /// <summary>When the row was last written, by the clock of the storage service.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public ETag RowVersion { get; init; }

    /// <summary>The columns without the images themselves.</summary>
    public static string[] CountColumns { get; } =
    ["PartitionKey", "RowKey", "Timestamp", "JobId", "Number", "Count", "Processed", "Failed"];

    // Most names need no escapes then, and fit into fewer rows. The text is never shown.
    private static readonly SliceJson Json = new(
        new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    public static string KeyOf(string jobId, int number) => string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{jobId}-{number:D9}");

    /// <summary>The lowest key of a backfill's slices, and the first key beyond them.</summary>
    public static (string From, string To) KeysOf(string jobId) => ($"{KeyPrefix}{jobId}-", $"{KeyPrefix}{jobId}.");

    public TableEntity ToEntity() =>
        new(BackfillJob.Partition, KeyOf(JobId, Number))
        {
            ["JobId"] = JobId,
            ["Number"] = Number,
            ["Items"] = JsonSerializer.Serialize(Items, Json.IReadOnlyListSliceItem),
            ["Count"] = Count,
            ["Processed"] = Processed,
            ["Failed"] = Failed,
        };

    /// <summary>Null if the row cannot be read.</summary>
    public static BackfillSlice? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var slice = new BackfillSlice
        {
            JobId = columns.Required("JobId"),
            Number = columns.SmallCount("Number"),
            Items = ItemsOf(columns.Text("Items")),
            Count = columns.SmallCount("Count"),
            Processed = columns.SmallCount("Processed"),
            Failed = columns.SmallCount("Failed"),
            WrittenAt = row.Timestamp ?? default,
            RowVersion = row.ETag,
        };
        return columns.Fault is null ? slice : null;
    }

    private static IReadOnlyList<SliceItem> ItemsOf(string? text)
    {
        try
        {
            return text is null ? [] : JsonSerializer.Deserialize(text, Json.IReadOnlyListSliceItem) ?? [];
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return []; // not JSON, or not even valid UTF-16
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<SliceItem>))]
internal sealed partial class SliceJson : JsonSerializerContext;
