using System.Globalization;
using Serverless.Images;
using Serverless.Storage;

namespace Serverless.Ledger;

/// <summary>
/// An image's entry in the list of duplicates: a function of its record alone, so that it can always be recreated. Its text form is stored
/// in the record, and says which rows to delete when the image changes.
/// </summary>
/// <param name="Id">The image.</param>
/// <param name="Kind">Why it is listed.</param>
/// <param name="KeptId">What it duplicates or resembles; itself if a person set it aside.</param>
/// <param name="Finding">What decided besides the cosine.</param>
/// <param name="Similarity">Cosine with <paramref name="KeptId"/>; 1 for the same bytes.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="DecidedAt">When it was decided.</param>
internal sealed record DuplicateEntry(
    string Id,
    DuplicateKind Kind,
    string KeptId,
    DuplicateFinding Finding,
    double Similarity,
    long Bytes,
    DateTimeOffset DecidedAt
)
{
    private const int Steps = 1_000_000_000;

    /// <summary>Sorts after every key of a kind.</summary>
    private const string End = "~";

    /// <summary>The entry of a settled image; null if it is not settled, or neither duplicates nor resembles anything.</summary>
    public static DuplicateEntry? Of(ImageRecord record) =>
        KindOf(record) is { } kind && OtherOf(record, kind) is { } kept
            ? new DuplicateEntry(
                record.Id,
                kind,
                kept.Id,
                FindingOf(record),
                record.Verdict == Verdict.Exact ? 1 : Math.Clamp(record.Similarity ?? 0, -1, 1),
                record.Bytes,
                record.DecidedAt ?? record.UploadedAt
            )
            : null;

    /// <summary>The sort key: the kind, then the value in descending order, then the id.</summary>
    public string KeyOf(DuplicateSort sort) => $"{(int)Kind}|{Descending(sort)}|{Id}";

    /// <summary>All keys of one kind are between these two; without a kind, those of all images in groups.</summary>
    public static (string From, string To) RangeOf(DuplicateKind? kind) =>
        kind is { } only
            ? ($"{(int)only}|", $"{(int)only}|{End}")
            : ($"{(int)DuplicateKind.Quarantined}|", $"{(int)DuplicateKind.LookAlike}|{End}");

    /// <summary>The upper bound of this kind's keys with at least this <paramref name="similarity"/>.</summary>
    public static string ConfidenceBound(DuplicateKind kind, double similarity) => $"{(int)kind}|{Confidence(similarity)}{End}";

    /// <summary>The cosine in a key of the confidence order.</summary>
    public static double SimilarityOf(string key) => 1 - (long.Parse(key.Split('|')[1], CultureInfo.InvariantCulture) / (double)Steps);

    public override string ToString() =>
        string.Join(
            '|',
            (int)Kind,
            KeptId,
            (int)Finding,
            Descending(DuplicateSort.Confidence),
            Descending(DuplicateSort.Size),
            Descending(DuplicateSort.Date)
        );

    /// <summary>Parses the text form; null for null or invalid text.</summary>
    public static DuplicateEntry? Parse(string id, string? text)
    {
        if (
            text?.Split('|') is not [var kind, var keptId, var finding, var confidence, var size, var date]
            || !ImagePath.IsId(keptId)
            || Number(kind) is not { } kinds
            || Number(finding) is not { } findings
            || Number(confidence) is not { } likeness
            || Number(size) is not { } bytes
            || Number(date) is not { } ticks
            || ticks > DateTime.MaxValue.Ticks
        )
        {
            return null;
        }

        var entry = new DuplicateEntry(
            id,
            (DuplicateKind)kinds,
            keptId,
            (DuplicateFinding)findings,
            1 - (likeness / (double)Steps),
            long.MaxValue - bytes,
            new DateTimeOffset(DateTime.MaxValue.Ticks - ticks, TimeSpan.Zero)
        );
        return Enum.IsDefined(entry.Kind) && Enum.IsDefined(entry.Finding) ? entry : null;
    }

    private string Descending(DuplicateSort sort) =>
        sort switch
        {
            DuplicateSort.Confidence => Confidence(Similarity),
            DuplicateSort.Size => (long.MaxValue - Bytes).ToString("D19", CultureInfo.InvariantCulture),
            _ => (DateTime.MaxValue.Ticks - DecidedAt.UtcTicks).ToString("D19", CultureInfo.InvariantCulture),
        };

    private static string Confidence(double similarity) =>
        ((long)Math.Round((1 - similarity) * Steps)).ToString("D10", CultureInfo.InvariantCulture);

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static ImagePath? OtherOf(ImageRecord record, DuplicateKind kind) =>
        record.IsSetAside ? record.Path
        : kind == DuplicateKind.Near ? record.Nearest
        : record.DuplicateOf;

    private static DuplicateKind? KindOf(ImageRecord record) =>
        record.State switch
        {
            ImageState.Quarantined when record.TrashedAt is not null => DuplicateKind.Trashed,
            ImageState.Quarantined or ImageState.Restoring when record.IsSetAside => DuplicateKind.SetAside,
            ImageState.Quarantined or ImageState.Restoring => DuplicateKind.Quarantined,
            ImageState.Indexing or ImageState.Indexed when record.DuplicateOf is not null => record.Verdict is { } verdict
            && verdict.IsDuplicate()
                ? DuplicateKind.Copy
                : DuplicateKind.LookAlike,
            ImageState.Indexing or ImageState.Indexed when record.Nearest is not null => DuplicateKind.Near,
            _ => null,
        };

    private static DuplicateFinding FindingOf(ImageRecord record) =>
        record.Verdict == Verdict.Exact ? DuplicateFinding.SameBytes
        : record.Evidence?.Rule == DuplicateRules.Remembered ? DuplicateFinding.Remembered
        : record.Evidence?.Rule == DuplicateRules.Chosen ? DuplicateFinding.Chosen
        : record.Evidence is { } evidence && DuplicateRules.KeptApart.Contains(evidence.Rule) ? DuplicateFinding.PixelsDiffer
        : record.Evidence?.Pixels switch
        {
            PixelVerdict.Same => DuplicateFinding.SamePixels,
            PixelVerdict.Agree => DuplicateFinding.PixelsAgree,
            PixelVerdict.Differ or PixelVerdict.Flat => DuplicateFinding.PixelsDiffer,
            _ => DuplicateFinding.NotLookedAt,
        };
}
