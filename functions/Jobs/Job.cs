using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Jobs;

/// <summary>Long work that goes on in steps, each on its own: what was asked for, how far it came, and what it found.</summary>
internal sealed record Job
{
    public required string Kind { get; init; }

    public required string Id { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>How far the work is, as JSON of its kind; also what was asked for.</summary>
    public required string State { get; init; }

    /// <summary>How many items the work has noted.</summary>
    public int Items { get; init; }

    /// <summary>How often the next step failed so far.</summary>
    public int Failures { get; init; }

    /// <summary>By the clock of the storage service, as all times here.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Reason { get; init; }

    /// <summary>When the row was last written.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public ETag RowVersion { get; init; }

    /// <summary>Null where it is no such state.</summary>
    public T? StateOf<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(State, type);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null; // no JSON, or text that is not even valid UTF-16
        }
    }

    public Job With<T>(T state, JsonTypeInfo<T> type) => this with { State = JsonSerializer.Serialize(state, type) };

    public TableEntity ToEntity()
    {
        var row = new TableEntity(Kind, Id)
        {
            ["Status"] = Status.ToString(),
            ["State"] = State,
            ["Items"] = Items,
            ["Failures"] = Failures,
            ["StartedAt"] = StartedAt,
        };
        if (FinishedAt is { } finished)
        {
            row["FinishedAt"] = finished;
        }

        if (Reason is not null)
        {
            row["Reason"] = Reason;
        }

        return row;
    }

    /// <summary>Null where the row cannot be read: such a job is as good as none.</summary>
    public static Job? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var job = new Job
        {
            Kind = row.PartitionKey,
            Id = row.RowKey,
            Status = columns.Chosen<JobStatus>("Status"),
            State = columns.Required("State"),
            Items = columns.Int32("Items"),
            Failures = columns.Int32("Failures"),
            StartedAt = columns.Time("StartedAt") ?? default,
            FinishedAt = columns.Time("FinishedAt"),
            Reason = columns.Text("Reason"),
            WrittenAt = row.Timestamp ?? default,
            RowVersion = row.ETag,
        };
        return columns.Fault is null ? job : null;
    }
}
