using Azure.Data.Tables;
using Serverless.Features;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>The state columns of a record, without vectors and fingerprint.</summary>
/// <param name="WrittenAt">When the row was last written, by the table service's clock.</param>
internal sealed record ImageBrief(
    ImagePath Path,
    ImageState State,
    string BlobETag,
    long Sequence,
    string? QuarantineName,
    DateTimeOffset WrittenAt
)
{
    public static readonly string[] Columns =
    [
        "PartitionKey",
        "RowKey",
        "Timestamp",
        "Path",
        "State",
        "BlobETag",
        "Sequence",
        "QuarantineName",
        "Model",
        "ModelRevision",
        "ListedAs",
        "Sha256",
        "DescribedSha256",
        "Format",
        "Frames",
        StoredFeatures.Column,
    ];

    public string? Model { get; init; }

    public string? ModelRevision { get; init; }

    public string? ListedAs { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>A model has described the picture.</summary>
    public bool IsDescribed { get; init; }

    /// <summary>The version of its colours and composition; 0 where it has none.</summary>
    public int FeaturesVersion { get; init; }

    public ImageFormat? Format { get; init; }

    /// <summary>Frames or pages; 0 where an older version judged it.</summary>
    public int Frames { get; init; }

    public VisualFeatures? Visual { get; init; }

    /// <summary>Why the row cannot be read (<see cref="ImageState.Unreadable"/>); null where what was read of it can.</summary>
    public string? Fault { get; init; }

    public string Id => Path.Id;

    public static ImageBrief FromEntity(TableEntity row)
    {
        var columns = new Storage.Columns(row);
        var path = ImageRecordTable.PathOf(row, columns) ?? ImagePath.Unknown(row.RowKey);
        var brief = new ImageBrief(
            path,
            columns.Chosen<ImageState>("State"),
            columns.Required("BlobETag"),
            columns.Count("Sequence"),
            columns.Text("QuarantineName"),
            row.Timestamp ?? default
        )
        {
            Model = columns.Text("Model"),
            ModelRevision = columns.Text("ModelRevision"),
            ListedAs = columns.Text("ListedAs"),
            Sha256 = ImageRecordTable.Sha256Of(columns),
            IsDescribed = columns.Text("DescribedSha256") is { } described && described == columns.Text("Sha256"),
            FeaturesVersion = StoredFeatures.VersionOf(columns.Bytes(StoredFeatures.Column)),
            Visual = StoredFeatures.Parse(columns.Bytes(StoredFeatures.Column)),
            Format = columns.Choice<ImageFormat>("Format"),
            Frames = columns.SmallCount("Frames"),
        };
        return columns.Fault is { } fault ? brief with { State = ImageState.Unreadable, Fault = fault } : brief;
    }

    public static ImageBrief Of(ImageRecord record) =>
        new(record.Path, record.State, record.BlobETag, record.Sequence, record.QuarantineName, record.WrittenAt)
        {
            Model = record.Model,
            ModelRevision = record.ModelRevision,
            ListedAs = record.ListedAs,
            Sha256 = record.Sha256,
            IsDescribed = record.Description?.Model is not null,
            FeaturesVersion = record.Visual is null ? 0 : VisualFeatures.VersionOfToday,
            Visual = record.Visual,
            Format = record.Format,
            Frames = record.Frames,
            Fault = record.Fault,
        };
}
