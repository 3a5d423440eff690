using System.Runtime.InteropServices;
using System.Text.Json;
using Azure.Data.Tables;
using Serverless.Duplicates;
using Serverless.Imaging;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>How a record is laid out as a table row. Vectors are little-endian float32; nothing is kept that can be derived.</summary>
internal static class ImageRecordTable
{
    /// <summary>256 partitions, so that no single one carries all writes.</summary>
    public static string PartitionOf(string id) => id[..2];

    public static TableEntity ToEntity(ImageRecord record)
    {
        var row = new TableEntity(PartitionOf(record.Id), record.Id)
        {
            ["Path"] = record.Path.ToString(),
            ["State"] = record.State.ToString(),
            ["BlobETag"] = record.BlobETag,
            ["Sequence"] = record.Sequence,
            ["Width"] = record.Width,
            ["Height"] = record.Height,
            ["Bytes"] = record.Bytes,
            ["UploadedAt"] = record.UploadedAt,
            ["DuplicateOfSequence"] = record.DuplicateOfSequence,
        };
        Set(row, "Sha256", record.Sha256);
        Set(row, "Format", record.Format?.ToString());
        Set(row, "DecidedAt", record.DecidedAt);
        Set(row, "Tags", record.Tags.Count > 0 ? string.Join(',', record.Tags) : null);
        Set(row, "Model", record.Model);
        Set(row, "ModelRevision", record.ModelRevision);
        Set(row, "StaysInPlace", record.StaysInPlace ? true : null);
        Set(row, "Embedding", ToBytes(record.Embedding));
        Set(row, "Instance", ToBytes(record.Instance));
        foreach (var turned in record.Turned)
        {
            Set(row, $"Turned{turned.Turn}", ToBytes(turned.Vector));
        }

        Set(row, "Verdict", record.Verdict?.ToString());
        Set(row, "DuplicateOf", record.DuplicateOf?.ToString());
        Set(row, "Nearest", record.Nearest?.ToString());
        Set(row, "Similarity", record.Similarity);
        Set(row, "Threshold", record.Threshold);
        Set(row, "Evidence", record.Evidence is null ? null : JsonSerializer.Serialize(record.Evidence, EvidenceJson.Default.Evidence));
        Set(row, "Reason", record.Reason);
        Set(row, "WaitingSince", record.WaitingSince);
        Set(row, "QuarantineName", record.QuarantineName);
        Set(row, "ListedAs", record.ListedAs);
        Set(row, "IsRestoredByRules", record.IsRestoredByRules ? true : null);
        SetFingerprint(row, record.Fingerprint);
        return row;
    }

    public static ImageRecord FromEntity(TableEntity row) => new()
    {
        Path = ImagePath.TryParse(row.GetString("Path")) ?? throw new InvalidDataException($"The ledger row '{row.RowKey}' has no path."),
        State = Enum.Parse<ImageState>(row.GetString("State")),
        BlobETag = row.GetString("BlobETag"),
        Sequence = row.GetInt64("Sequence") ?? 0,
        Sha256 = row.GetString("Sha256"),
        Format = Enum.TryParse<ImageFormat>(row.GetString("Format"), out var format) ? format : null,
        Width = row.GetInt32("Width") ?? 0,
        Height = row.GetInt32("Height") ?? 0,
        Bytes = row.GetInt64("Bytes") ?? 0,
        UploadedAt = row.GetDateTimeOffset("UploadedAt") ?? default,
        DecidedAt = row.GetDateTimeOffset("DecidedAt"),
        Tags = row.GetString("Tags")?.Split(',') ?? [],
        Model = row.GetString("Model"),
        ModelRevision = row.GetString("ModelRevision"),
        StaysInPlace = row.GetBoolean("StaysInPlace") ?? false,
        Embedding = ToVector(row.GetBinary("Embedding")),
        Instance = ToVector(row.GetBinary("Instance")),
        Turned = [.. Enum.GetValues<Turn>().Where(turn => row.ContainsKey($"Turned{turn}"))
            .Select(turn => new TurnedVector(turn, ToVector(row.GetBinary($"Turned{turn}"))))],
        Fingerprint = GetFingerprint(row),
        Verdict = Enum.TryParse<Verdict>(row.GetString("Verdict"), out var verdict) ? verdict : null,
        DuplicateOf = ImagePath.TryParse(row.GetString("DuplicateOf")),
        DuplicateOfSequence = row.GetInt64("DuplicateOfSequence") ?? 0,
        Nearest = ImagePath.TryParse(row.GetString("Nearest")),
        Similarity = row.GetDouble("Similarity"),
        Threshold = row.GetDouble("Threshold"),
        Evidence = row.GetString("Evidence") is { } evidence ? JsonSerializer.Deserialize(evidence, EvidenceJson.Default.Evidence) : null,
        Reason = row.GetString("Reason"),
        WaitingSince = row.GetDateTimeOffset("WaitingSince"),
        QuarantineName = row.GetString("QuarantineName"),
        ListedAs = row.GetString("ListedAs"),
        IsRestoredByRules = row.GetBoolean("IsRestoredByRules") ?? false,
        RowVersion = row.ETag,
    };

    public static void SetFingerprint(TableEntity row, Fingerprint? fingerprint)
    {
        if (fingerprint is not null)
        {
            row["PerceptualHash"] = unchecked((long)fingerprint.PerceptualHash);
            row["Luma"] = fingerprint.Luma;
            row["Texture"] = fingerprint.Texture;
            Set(row, "ContentLuma", fingerprint.Content?.Luma);
        }
    }

    public static Fingerprint? GetFingerprint(TableEntity row) =>
        row.GetBinary("Luma") is { } luma && row.GetInt64("PerceptualHash") is { } hash
            ? new Fingerprint(unchecked((ulong)hash), luma, row.GetDouble("Texture") ?? 0)
            {
                Content = row.GetBinary("ContentLuma") is { } content ? Fingerprint.Of(content) : null,
            }
            : null;

    public static byte[]? ToBytes(ReadOnlyMemory<float> vector) => vector.IsEmpty ? null : MemoryMarshal.AsBytes(vector.Span).ToArray();

    public static ReadOnlyMemory<float> ToVector(byte[]? bytes) => bytes is null ? default : MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    public static void Set(TableEntity row, string name, object? value)
    {
        if (value is not null)
        {
            row[name] = value;
        }
    }
}
