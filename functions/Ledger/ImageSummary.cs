using System.Text.Json;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>What a report says of an image: columns of its record, without vectors and fingerprint.</summary>
/// <param name="Listed">Its entry in the list of duplicates; null if it is not listed.</param>
/// <param name="TakenAt">When it was taken; null if the file does not say.</param>
internal sealed record ImageSummary(ImagePath Path, ImageState State, DuplicateEntry? Listed, DateTimeOffset? TakenAt)
{
    public static readonly string[] Columns = ["PartitionKey", "RowKey", "Path", "State", "ListedAs", "Metadata"];

    /// <summary>Null if the row cannot be read.</summary>
    public static ImageSummary? FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var path = ImageRecordTable.PathOf(row, columns);
        var state = columns.Chosen<ImageState>("State");
        var listed = DuplicateEntry.Parse(row.RowKey, columns.Text("ListedAs"));
        var metadata = columns.Text("Metadata");
        return path is null || columns.Fault is not null ? null : new ImageSummary(path, state, listed, TakenAtOf(metadata));
    }

    private static DateTimeOffset? TakenAtOf(string? metadata)
    {
        try
        {
            return metadata is null ? null : StoredMetadata.Parse(metadata)?.TakenAt;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
