using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ingest;

/// <summary>That a process works on a version of an image.</summary>
/// <param name="Worker">The process.</param>
/// <param name="Begun">How often work on this version was begun without an end being known, this time included.</param>
internal sealed record AttemptNote(string Id, string Version, string Worker, int Begun)
{
    public const string Key = "attempt";

    /// <summary>By the clock of the table service; default for a note that was not read.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public TableEntity ToEntity() => new(Id, Key) { ["Version"] = Version, ["Worker"] = Worker, ["Begun"] = Begun };

    /// <summary>Null where the row cannot be read: as good as none.</summary>
    public static AttemptNote? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var note = new AttemptNote(row.PartitionKey, columns.Required("Version"), columns.Required("Worker"), columns.Int32("Begun"))
        {
            WrittenAt = row.Timestamp ?? default,
        };
        return columns.Fault is null ? note : null;
    }
}
