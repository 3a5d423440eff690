using Serverless.Images;

namespace Serverless.Rules;

/// <summary>One comparison of two alike images; a tie is decided by the next one.</summary>
/// <param name="By">What is compared.</param>
/// <param name="Prefixes">For <see cref="ComparatorKind.Prefix"/>: starts of whole paths, the preferred one first.</param>
internal sealed record Comparator(ComparatorKind By, IReadOnlyList<string>? Prefixes = null)
{
    /// <summary>Positive if <paramref name="a"/> wins, negative if <paramref name="b"/> does, 0 for a tie.</summary>
    /// <param name="keptId">The image of the group that is kept now.</param>
    public int Compare(ImageRecord a, ImageRecord b, string keptId) =>
        By switch
        {
            ComparatorKind.Prefix => RankOf(b).CompareTo(RankOf(a)),
            ComparatorKind.Larger => PixelsOf(a).CompareTo(PixelsOf(b)),
            ComparatorKind.Heavier => a.Bytes.CompareTo(b.Bytes),
            ComparatorKind.Older => b.UploadedAt.CompareTo(a.UploadedAt),
            ComparatorKind.Newer => a.UploadedAt.CompareTo(b.UploadedAt),
            _ => (a.Id == keptId).CompareTo(b.Id == keptId),
        };

    private static long PixelsOf(ImageRecord record) => (long)record.Width * record.Height;

    private int RankOf(ImageRecord record)
    {
        var path = record.Path.ToString();
        var prefixes = Prefixes ?? [];
        for (var rank = 0; rank < prefixes.Count; rank++)
        {
            if (path.StartsWith(prefixes[rank], StringComparison.Ordinal))
            {
                return rank;
            }
        }

        return prefixes.Count;
    }
}
