using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>That a process works on a version of an image.</summary>
/// <param name="IsAlone">Nothing else is read or embedded in that process meanwhile: what ends it now is this image.</param>
internal sealed record AttemptNote(string Id, string Version, AttemptWorker Worker, bool IsAlone)
{
    /// <summary>By the clock of the table service; default for a note that was not read.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public TableEntity ToEntity() =>
        new(Id, Worker.Id)
        {
            ["Version"] = Version,
            ["Machine"] = Worker.Machine,
            ["Process"] = Worker.Process,
            ["Alone"] = IsAlone,
        };

    /// <summary>Null where the row cannot be read: as good as none.</summary>
    public static AttemptNote? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var worker = new AttemptWorker(row.RowKey, columns.Required("Machine"), columns.Int32("Process"));
        var note = new AttemptNote(row.PartitionKey, columns.Required("Version"), worker, columns.Flag("Alone"))
        {
            WrittenAt = row.Timestamp ?? default,
        };
        return columns.Fault is null ? note : null;
    }
}
