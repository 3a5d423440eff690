using Azure;
using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>What was made of a sheet: the row that says which parts there are, and which of them the index has.</summary>
internal sealed record StoredSheet(string Id)
{
    /// <summary>The file, the model and the rules that its parts are made of; empty before the first.</summary>
    public string MadeOf { get; init; } = "";

    public int Pages { get; init; }

    /// <summary>Pages whose rows are written.</summary>
    public int PagesDone { get; init; }

    /// <summary>Pages and tiles of these.</summary>
    public int Parts { get; init; }

    public bool IsWhole { get; init; }

    /// <summary>What the documents say, as a hash; null while they are not in the index.</summary>
    public string? PublishedAs { get; init; }

    /// <summary>Why pages are missing; null if none are.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset WrittenAt { get; init; }

    public ETag RowVersion { get; init; }

    public TableEntity ToEntity()
    {
        var row = new TableEntity(ImageRecordTable.PartitionOf(Id), Id)
        {
            ["MadeOf"] = MadeOf,
            ["Pages"] = Pages,
            ["PagesDone"] = PagesDone,
            ["Parts"] = Parts,
            ["IsWhole"] = IsWhole,
        };
        ImageRecordTable.Set(row, "PublishedAs", PublishedAs);
        ImageRecordTable.Set(row, "Problem", Problem);
        return row;
    }

    /// <summary>A row that cannot be read has nothing to say: the parts are made again.</summary>
    public static StoredSheet FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var sheet = new StoredSheet(row.RowKey)
        {
            MadeOf = columns.Required("MadeOf"),
            Pages = columns.SmallCount("Pages"),
            PagesDone = columns.SmallCount("PagesDone"),
            Parts = columns.SmallCount("Parts"),
            IsWhole = columns.Flag("IsWhole"),
            PublishedAs = columns.Text("PublishedAs"),
            Problem = columns.Text("Problem"),
            WrittenAt = row.Timestamp ?? default,
            RowVersion = row.ETag,
        };
        return columns.Fault is null ? sheet : new StoredSheet(row.RowKey) { WrittenAt = row.Timestamp ?? default, RowVersion = row.ETag };
    }
}
