using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Jobs;

/// <summary>Long work in independent steps: the request, the progress and the findings.</summary>
internal sealed record Job
{
    public required string Kind { get; init; }

    public required string Id { get; init; }

    public JobStatus Status { get; init; }

    /// <summary>The request and the progress, as JSON specific to its kind.</summary>
    public required string State { get; init; }

    /// <summary>The number of notes so far.</summary>
    public int Items { get; init; }

    /// <summary>How often the next step has failed.</summary>
    public int Failures { get; init; }

    /// <summary>By the storage service's clock, like all times here.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Reason { get; init; }

    /// <summary>When the row was last written.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public ETag RowVersion { get; init; }

    /// <summary>Null if it is not such a state.</summary>
    public T? StateOf<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(State, type);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null; // not JSON, or not even valid UTF-16
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

    /// <summary>Null if the row cannot be read: the job counts as missing.</summary>
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
