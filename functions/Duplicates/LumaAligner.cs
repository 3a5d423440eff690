namespace Serverless.Duplicates;

/// <summary>
/// Finds how one luma picture lies on another: the whole on the whole, or the whole on a part (one is a crop of the other, or has
/// a border). A coarse search at 16 × 16, then registration at 64 × 64, then the comparison of blocks at 128 × 128.
/// </summary>
internal static class LumaAligner
{
    /// <summary>Placements that are followed up in each direction.</summary>
    private const int Followed = 2;

    /// <summary>Correlation at 16 × 16 below which no placement can turn out to be a copy.</summary>
    private const double Hopeless = 0.6;

    /// <summary>Agreement from which on the finest registration is worth its time.</summary>
    private const double Promising = 0.9;

    /// <summary>Aligns two 128 × 128 luma pictures, row by row; symmetric in its arguments.</summary>
    public static Alignment Align(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var (first, second) = a.SequenceCompareTo(b) <= 0 ? (new LumaPicture(a), new LumaPicture(b)) : (new LumaPicture(b), new LumaPicture(a));
        Span<(Placement Placement, double Correlation)> found = stackalloc (Placement, double)[2 * Followed];
        CoarseSearch.Best(first, second, found[..Followed]);
        CoarseSearch.Best(second, first, found[Followed..]);
        var best = (Alignment: Measure(first, second, Placement.Whole), Placement: Placement.Whole, Whole: first, Part: second);
        for (var at = 0; at < found.Length; at++)
        {
            if (found[at].Correlation < Hopeless)
            {
                continue;
            }

            var (whole, part) = at < Followed ? (first, second) : (second, first);
            var placement = Registration.Refine(whole, part, found[at].Placement, 32, 6);
            placement = Registration.Refine(whole, part, placement, 64, 6);
            var alignment = Measure(whole, part, placement);
            best = IsBetter(alignment, best.Alignment) ? (alignment, placement, whole, part) : best;
        }

        // All in agreement, and yet moved: either two shots, or laid a little beside. The finest look tells.
        if (best.Alignment.Agreement >= Promising && best.Alignment.Moved > 0)
        {
            var finest = Measure(best.Whole, best.Part, Registration.Refine(best.Whole, best.Part, best.Placement, LumaPicture.Side, 3));
            return IsBetter(finest, best.Alignment) ? finest : best.Alignment;
        }

        return best.Alignment;
    }

    private static bool IsBetter(Alignment a, Alignment b) => (a.Agreement - a.Changed, a.Correlation).CompareTo((b.Agreement - b.Changed, b.Correlation)) > 0;

    private static Alignment Measure(LumaPicture whole, LumaPicture part, Placement placement)
    {
        Span<float> sample = stackalloc float[LumaPicture.Side * LumaPicture.Side];
        placement.Sample(whole.At(LumaPicture.Side), LumaPicture.Side, sample);
        var statistics = BlockComparison.Compare(sample, part.At(LumaPicture.Side));
        return new Alignment(
            Math.Round(statistics.Correlation, 4), Math.Round(statistics.Agreement, 4), Math.Round(statistics.Changed, 4),
            Math.Round(statistics.Moved, 4), Math.Round(statistics.Added, 4), Math.Round(statistics.Paper, 4),
            Math.Round(placement.ScaleX, 4), Math.Round(placement.ScaleY, 4), Math.Round(placement.X, 4), Math.Round(placement.Y, 4));
    }
}
