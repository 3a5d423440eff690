using System.Globalization;
using Serverless.Ledger;
using Serverless.Search;

namespace Serverless.Ingest;

/// <summary>What a quarantined blob says of itself, as blob metadata (values percent-encoded): enough to put it back without the ledger.</summary>
internal static class Receipt
{
    private const string Id = "quarantine_id";
    private const string Verdict = "quarantine_verdict";
    private const string DuplicateOf = "quarantine_duplicateof";
    private const string Similarity = "quarantine_similarity";
    private const string Sha256 = "quarantine_sha256";
    private const string UploadedAt = "quarantine_uploadedat";
    private const string DecidedAt = "quarantine_decidedat";

    public static readonly string[] Keys = [Id, Verdict, DuplicateOf, Similarity, Sha256, UploadedAt, DecidedAt];

    public static IReadOnlyDictionary<string, string> Of(ImageRecord record) => new Dictionary<string, string>
    {
        [Id] = record.Id,
        [Verdict] = Names.Of(record.Verdict!.Value),
        [DuplicateOf] = record.DuplicateOf!.Id,
        [Similarity] = record.Similarity?.ToString("R", CultureInfo.InvariantCulture) ?? "",
        [Sha256] = record.Sha256!,
        [UploadedAt] = record.UploadedAt.ToString("O", CultureInfo.InvariantCulture),
        [DecidedAt] = record.DecidedAt?.ToString("O", CultureInfo.InvariantCulture) ?? "",
    };
}
