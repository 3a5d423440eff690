using Azure.Data.Tables;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>What a record says of where its image stands, without what was found out about the picture.</summary>
/// <param name="WrittenAt">When the row was last written, by the clock of the table service.</param>
internal sealed record ImageBrief(
    ImagePath Path, ImageState State, string BlobETag, long Sequence, string? QuarantineName, DateTimeOffset WrittenAt)
{
    public static readonly string[] Columns =
        ["PartitionKey", "RowKey", "Timestamp", "Path", "State", "BlobETag", "Sequence", "QuarantineName", "Model", "ModelRevision"];

    public string? Model { get; init; }

    public string? ModelRevision { get; init; }

    public string Id => Path.Id;

    public static ImageBrief FromEntity(TableEntity row) => new(
        ImagePath.TryParse(row.GetString("Path")) ?? throw new InvalidDataException($"The ledger row '{row.RowKey}' has no path."),
        Enum.Parse<ImageState>(row.GetString("State")),
        row.GetString("BlobETag"),
        row.GetInt64("Sequence") ?? 0,
        row.GetString("QuarantineName"),
        row.Timestamp ?? default)
    {
        Model = row.GetString("Model"),
        ModelRevision = row.GetString("ModelRevision"),
    };
}
