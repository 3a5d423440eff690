using System.Runtime.InteropServices;
using System.Text.Json;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// Reads rows back. A row that the app cannot have written does not fail: it comes back as <see cref="ImageState.Unreadable"/>, with the
/// reason and everything that could be read.
/// </summary>
internal static partial class ImageRecordTable
{
    private const double UnitTolerance = 0.01;

    public static ImageRecord FromEntity(TableEntity row)
    {
        var columns = new Columns(row);
        var path = PathOf(row, columns);
        var record = new ImageRecord
        {
            Path = path ?? ImagePath.Unknown(row.RowKey),
            State = columns.Chosen<ImageState>("State"),
            BlobETag = columns.Required("BlobETag"),
            Sequence = columns.Count("Sequence"),
            Sha256 = Sha256Of(columns),
            Format = columns.Choice<ImageFormat>("Format"),
            Width = columns.SmallCount("Width"),
            Height = columns.SmallCount("Height"),
            Frames = columns.SmallCount("Frames"),
            HasParts = columns.Flag("HasParts"),
            Bytes = columns.Count("Bytes"),
            UploadedAt = columns.Time("UploadedAt") ?? default,
            DecidedAt = columns.Time("DecidedAt"),
            Tags = columns.Text("Tags")?.Split(',') ?? [],
            Properties = StoredProperties.Parse(columns.Text("Properties")),
            Metadata = MetadataOf(columns),
            LastDescription = DescriptionOf(columns),
            LastRefusals = RefusalsOf(columns),
            Model = columns.Text("Model"),
            ModelRevision = columns.Text("ModelRevision"),
            StaysInPlace = columns.Flag("StaysInPlace"),
            Embedding = VectorOf(columns, "Embedding"),
            CopyDescriptor = VectorOf(columns, "Instance"),
            Turned = TurnedOf(row, columns),
            Fingerprint = FingerprintOf(columns),
            Visual = StoredFeatures.Parse(columns.Bytes(StoredFeatures.Column)),
            Verdict = columns.Choice<Verdict>("Verdict"),
            DuplicateOf = PathIn(columns, "DuplicateOf"),
            DuplicateOfSequence = columns.Count("DuplicateOfSequence"),
            Nearest = PathIn(columns, "Nearest"),
            Similarity = columns.Number("Similarity"),
            Threshold = columns.Number("Threshold"),
            Evidence = EvidenceOf(columns),
            Reason = columns.Text("Reason"),
            WaitingSince = columns.Time("WaitingSince"),
            QuarantineName = columns.Text("QuarantineName"),
            IsCalledCopy = columns.Flag("IsCalledCopy"),
            IsSetAside = columns.Flag("IsSetAside"),
            TrashedAt = columns.Time("TrashedAt"),
            ListedAs = EntryOf(row.RowKey, columns),
            IsRestoredByRules = columns.Flag("IsRestoredByRules"),
            IsRestoredInstead = columns.Flag("IsRestoredInstead"),
            WrittenAt = row.Timestamp ?? default,
            RowVersion = row.ETag,
        };
        RequireWhole(record, columns);
        return columns.Fault is { } fault ? record with { State = ImageState.Unreadable, Fault = fault } : record;
    }

    /// <summary>The path that the row key derives from; null if it is invalid, or another row's.</summary>
    public static ImagePath? PathOf(TableEntity row, Columns columns)
    {
        var path = ImagePath.TryParse(columns.Required("Path"));
        columns.Require(path?.Id == row.RowKey && PartitionOf(path.Id) == row.PartitionKey, "The column Path does not belong to this row.");
        return path?.Id == row.RowKey ? path : null;
    }

    public static Fingerprint? FingerprintOf(Columns columns)
    {
        var luma = SquareOf(columns, "Luma");
        var content = SquareOf(columns, "ContentLuma");
        var (hash, texture) = (columns.Int64("PerceptualHash"), columns.Number("Texture") ?? 0);
        return luma is null
            ? null
            : new Fingerprint(unchecked((ulong)hash), luma, texture) { Content = content is null ? null : Fingerprint.Of(content) };
    }

    private static byte[]? SquareOf(Columns columns, string name)
    {
        var luma = columns.Bytes(name);
        var isSquare = luma is null || (luma.Length > 0 && Math.Sqrt(luma.Length) is var side && side == Math.Floor(side));
        columns.Require(isSquare, $"The column {name} is not a square.");
        return isSquare ? luma : null;
    }

    /// <summary>A unit vector, or empty.</summary>
    public static ReadOnlyMemory<float> VectorOf(Columns columns, string name)
    {
        if (columns.Bytes(name) is not { } bytes)
        {
            return default;
        }

        var vector = bytes.Length % sizeof(float) == 0 ? MemoryMarshal.Cast<byte, float>(bytes).ToArray() : [];
        var length = System.Numerics.Tensors.TensorPrimitives.Norm<float>(vector);
        var isUnit = Math.Abs(length - 1) < UnitTolerance;
        columns.Require(isUnit, $"The column {name} is not a vector of length 1.");
        return isUnit ? vector : default;
    }

    public static IReadOnlyList<TurnedVector> TurnedOf(TableEntity row, Columns columns) =>
        [
            .. Enum.GetValues<ImageOrientation>()
                .Where(turn => row.ContainsKey($"Turned{turn}"))
                .Select(turn => new TurnedVector(turn, VectorOf(columns, $"Turned{turn}"))),
        ];

    public static string? Sha256Of(Columns columns)
    {
        var text = columns.Text("Sha256");
        var isHash = text is null || (text.Length == 64 && text.All(char.IsAsciiHexDigitLower));
        columns.Require(isHash, "The column Sha256 is not a SHA-256.");
        return isHash ? text : null;
    }

    private static ImagePath? PathIn(Columns columns, string name)
    {
        var text = columns.Text(name);
        var path = ImagePath.TryParse(text);
        columns.Require(text is null || path is not null, $"The column {name} is not a path.");
        return path;
    }

    private static string? EntryOf(string id, Columns columns)
    {
        var text = columns.Text("ListedAs");
        var isEntry = text is null || DuplicateEntry.Parse(id, text) is not null;
        columns.Require(isEntry, "The column ListedAs is not an entry.");
        return isEntry ? text : null;
    }

    private static EmbeddedMetadata? MetadataOf(Columns columns)
    {
        if (columns.Text("Metadata") is not { } text)
        {
            return null;
        }

        try
        {
            return StoredMetadata.Parse(text);
        }
        catch (JsonException)
        {
            columns.Require(false, "The column Metadata is not valid JSON of metadata.");
            return null;
        }
    }

    private static ImageDescription? DescriptionOf(Columns columns)
    {
        var text = columns.Text("Description");
        var description = text is null ? null : StoredDescription.Parse(text);
        columns.Require(text is null || description is not null, "The column Description is no JSON of a description.");
        return description;
    }

    private static LabelRefusals? RefusalsOf(Columns columns)
    {
        var text = columns.Text(StoredRefusals.Column);
        var refusals = text is null ? null : StoredRefusals.Parse(text);
        columns.Require(text is null || refusals is not null, "The column Refused has no list of labels.");
        return refusals;
    }

    private static Evidence? EvidenceOf(Columns columns)
    {
        if (columns.Text("Evidence") is not { } text)
        {
            return null;
        }

        try
        {
            var evidence = JsonSerializer.Deserialize(text, EvidenceJson.Default.Evidence);
            columns.Require(evidence is { Rule: not null, Sentence: not null }, "The column Evidence is incomplete.");
            return evidence;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            columns.Require(false, "The column Evidence is not valid JSON of evidence.");
            return null;
        }
    }

    /// <summary>The columns that each state requires.</summary>
    private static void RequireWhole(ImageRecord record, Columns columns)
    {
        var isChecked = record.State is not (ImageState.Rejected or ImageState.Removed or ImageState.Waiting);
        columns.Require(record.UploadedAt != default, "The upload time is missing.");
        columns.Require(record.Sequence < AnnouncementTable.MostPlaces, "Its place in the order was never taken.");
        columns.Require(!isChecked || record.State == ImageState.Quarantined || record.Sequence > 0, "Its place in the order is missing.");
        var isJudged = isChecked && record.State != ImageState.Announced;
        columns.Require(
            !isChecked || (record is { Sha256: not null, Format: not null, Fingerprint: not null, Embedding.IsEmpty: false }),
            "The picture's features are incomplete."
        );
        columns.Require(!isJudged || record.Verdict is not null, "The verdict is missing.");
        columns.Require(!isJudged || record.DecidedAt is not null, "The decision time is missing.");
        columns.Require(
            record.State is not (ImageState.Quarantining or ImageState.Quarantined or ImageState.Restoring)
                || record.QuarantineName is { Length: > 0 and <= 1024 },
            "The name of the quarantined blob is missing."
        );
        columns.Require(
            record.State != ImageState.Quarantining || record.IsSetAside || record.DuplicateOf is not null,
            "What it duplicates is missing."
        );
    }
}
