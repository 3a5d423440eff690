using System.Globalization;
using Serverless.Images;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Pipeline;

/// <summary>A receipt, read back.</summary>
internal sealed record ReadReceipt(
    string Id,
    Verdict Verdict,
    string? DuplicateOf,
    ImagePath? DuplicateOfPath,
    double? Similarity,
    string Sha256,
    DateTimeOffset UploadedAt,
    DateTimeOffset? DecidedAt,
    bool IsSetAside
);

/// <summary>
/// A quarantined blob's description in its own metadata (values percent-encoded): enough to restore it without the ledger.
/// </summary>
internal static class Receipt
{
    public const string Id = "quarantine_id";
    private const string VerdictKey = "quarantine_verdict";
    private const string DuplicateOf = "quarantine_duplicateof";
    private const string DuplicateOfPath = "quarantine_duplicateofpath";
    private const string Similarity = "quarantine_similarity";
    private const string Sha256 = "quarantine_sha256";
    private const string UploadedAt = "quarantine_uploadedat";
    private const string DecidedAt = "quarantine_decidedat";
    private const string SetAside = "quarantine_setaside";

    public static readonly string[] Keys =
    [
        Id,
        VerdictKey,
        DuplicateOf,
        DuplicateOfPath,
        Similarity,
        Sha256,
        UploadedAt,
        DecidedAt,
        SetAside,
    ];

    /// <summary>A blob's metadata is limited to 8 KiB in total.</summary>
    private const int MostPath = 1024;

    public static IReadOnlyDictionary<string, string> Of(ImageRecord record)
    {
        var receipt = Facts(record);
        if (record.DuplicateOf is { } other)
        {
            receipt[DuplicateOf] = other.Id;
            if (Uri.EscapeDataString(other.ToString()).Length <= MostPath)
            {
                receipt[DuplicateOfPath] = other.ToString();
            }
        }

        if (record.IsSetAside)
        {
            receipt[SetAside] = "true";
        }

        return receipt;
    }

    private static Dictionary<string, string> Facts(ImageRecord record) =>
        new()
        {
            [Id] = record.Id,
            [VerdictKey] = Names.Of(record.Verdict!.Value),
            [Similarity] = record.Similarity?.ToString("R", CultureInfo.InvariantCulture) ?? "",
            [Sha256] = record.Sha256!,
            [UploadedAt] = record.UploadedAt.ToString("O", CultureInfo.InvariantCulture),
            [DecidedAt] = record.DecidedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary>Reads a receipt; null if it is not one. Metadata is untrusted: anyone who may write blobs may write it.</summary>
    public static ReadReceipt? Read(IReadOnlyDictionary<string, string> metadata)
    {
        string? Text(string key) =>
            metadata.FirstOrDefault(pair => pair.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 } value
                ? Uri.UnescapeDataString(value)
                : null;
        DateTimeOffset? Time(string key) =>
            DateTimeOffset.TryParseExact(Text(key), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        return
            ImagePath.IsId(Text(Id))
            && Text(Sha256) is { Length: 64 } sha256
            && Time(UploadedAt) is { } uploadedAt
            && Enum.TryParse<Verdict>(Text(VerdictKey), ignoreCase: true, out var verdict)
            && Enum.IsDefined(verdict)
            ? new ReadReceipt(
                Text(Id)!,
                verdict,
                ImagePath.IsId(Text(DuplicateOf)) ? Text(DuplicateOf) : null,
                ImagePath.TryParse(Text(DuplicateOfPath)),
                double.TryParse(Text(Similarity), CultureInfo.InvariantCulture, out var similarity) ? similarity : null,
                sha256,
                uploadedAt,
                Time(DecidedAt),
                Text(SetAside) == "true"
            )
            : null;
    }
}
