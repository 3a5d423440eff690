using System.Globalization;
using Serverless.Images;

namespace Bench.Quality;

/// <summary>A compared pair as a line of a table, values apart by tabs.</summary>
internal static class PairLine
{
    public static string Of(Measured pair)
    {
        var (evidence, alignment) = (pair.Pair.Evidence, pair.Pair.Evidence.Alignment);
        return string.Join(
            '\t',
            pair.Kind,
            pair.Name,
            pair.IsUnseen ? 1 : 0,
            pair.IsCopy ? 1 : 0,
            pair.Pair.Verdict,
            evidence.Rule,
            evidence.Pixels,
            pair.Pair.Similarity.ToString("0.0000", CultureInfo.InvariantCulture),
            pair.HashDistance,
            alignment?.Correlation,
            alignment?.Agreement,
            alignment?.Changed,
            alignment?.Moved,
            alignment?.Added,
            alignment?.DominantToneShare,
            alignment?.ScaleX,
            alignment?.ScaleY,
            alignment?.OffsetX,
            alignment?.OffsetY,
            alignment?.IsRetoned,
            alignment?.IsMarked,
            pair.Judged.Match?.Finding,
            pair.Judged.Match?.Detail?.DifferenceCount,
            pair.Judged.Match?.Detail?.OfA,
            pair.Judged.Match?.Detail?.OfB
        );
    }
}
