using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>Says that a process is working on a version of an image.</summary>
/// <param name="IsAlone">The process reads and embeds nothing else meanwhile: if it crashes, this image is the cause.</param>
internal sealed record AttemptNote(string Id, string Version, AttemptWorker Worker, bool IsAlone)
{
    /// <summary>By the table service's clock; default for a note that was not read.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    public TableEntity ToEntity() =>
        new(Id, Worker.Id)
        {
            ["Version"] = Version,
            ["Machine"] = Worker.Machine,
            ["Process"] = Worker.Process,
            ["Alone"] = IsAlone,
        };

    /// <summary>Null if the row cannot be read: it counts as missing.</summary>
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
