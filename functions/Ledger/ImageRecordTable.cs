using System.Runtime.InteropServices;
using System.Text.Json;
using Azure.Data.Tables;
using Serverless.Images;
using Serverless.Imaging;

namespace Serverless.Ledger;

/// <summary>The layout of a record as a table row. Vectors are little-endian float32; derivable values are not stored.</summary>
internal static partial class ImageRecordTable
{
    /// <summary>256 partitions spread the writes.</summary>
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
        Set(row, "Frames", record.Frames > 0 ? record.Frames : null);
        Set(row, "HasParts", record.HasParts ? true : null);
        Set(row, "DecidedAt", record.DecidedAt);
        Set(row, "Tags", record.Tags.Count > 0 ? string.Join(',', record.Tags) : null);
        Set(row, "Properties", StoredProperties.ToText(record.Properties));
        Set(row, "Metadata", StoredMetadata.ToText(record.Metadata));
        Set(row, "Description", StoredDescription.ToText(record.LastDescription));
        Set(row, "DescribedSha256", record.Description?.Model is null ? null : record.Sha256);
        Set(row, StoredRefusals.Column, StoredRefusals.ToText(record.LastRefusals));
        Set(row, "Model", record.Model);
        Set(row, "ModelRevision", record.ModelRevision);
        Set(row, "StaysInPlace", record.StaysInPlace ? true : null);
        SetVectors(row, record);
        Set(row, "Verdict", record.Verdict?.ToString());
        Set(row, "DuplicateOf", record.DuplicateOf?.ToString());
        Set(row, "Nearest", record.Nearest?.ToString());
        Set(row, "Similarity", record.Similarity);
        Set(row, "Threshold", record.Threshold);
        Set(row, "Evidence", record.Evidence is null ? null : JsonSerializer.Serialize(record.Evidence, EvidenceJson.Default.Evidence));
        Set(row, "Reason", record.Reason);
        Set(row, "WaitingSince", record.WaitingSince);
        Set(row, "QuarantineName", record.QuarantineName);
        Set(row, "IsCalledCopy", record.IsCalledCopy ? true : null);
        Set(row, "IsSetAside", record.IsSetAside ? true : null);
        Set(row, "TrashedAt", record.TrashedAt);
        Set(row, "ListedAs", record.ListedAs);
        Set(row, "IsRestoredByRules", record.IsRestoredByRules ? true : null);
        Set(row, "IsRestoredInstead", record.IsRestoredInstead ? true : null);
        SetFingerprint(row, record.Fingerprint);
        Set(row, StoredFeatures.Column, StoredFeatures.ToBytes(record.Visual));
        return row;
    }

    public static void SetVectors(TableEntity row, ImageRecord record)
    {
        Set(row, "Embedding", ToBytes(record.Embedding));
        Set(row, "Instance", ToBytes(record.CopyDescriptor));
        foreach (var turned in record.Turned)
        {
            Set(row, $"Turned{turned.Turn}", ToBytes(turned.Vector));
        }
    }

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

    public static byte[]? ToBytes(ReadOnlyMemory<float> vector) => vector.IsEmpty ? null : MemoryMarshal.AsBytes(vector.Span).ToArray();

    public static void Set(TableEntity row, string name, object? value)
    {
        if (value is not null)
        {
            row[name] = value;
        }
    }
}
