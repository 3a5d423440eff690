using Serverless.Images;

namespace Serverless.Duplicates;

/// <summary>
/// Aligns two luma pictures: whole on whole, or whole on part (one is a crop of the other, or has a border). Whole on whole first, as for
/// most copies; then a coarse search at 16 × 16 pixels, registration at 32 and 64, and block comparison at 128.
/// </summary>
internal static class LumaAligner
{
    /// <summary>Number of placements to refine in each direction.</summary>
    private const int Followed = 2;

    /// <summary>Minimum correlation at 16 × 16 of a possible copy.</summary>
    private const double Hopeless = 0.6;

    /// <summary>Minimum agreement for the finest registration.</summary>
    private const double Promising = 0.9;

    /// <summary>Agreement at which the search ends, if almost nothing has changed.</summary>
    private const double Evident = 0.97;

    private const double EvidentChange = 0.01;

    /// <summary>Aligns two 128 × 128 luma pictures, row by row; symmetric in its arguments.</summary>
    public static Alignment Align(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var (first, second) =
            a.SequenceCompareTo(b) <= 0 ? (new LumaPicture(a), new LumaPicture(b)) : (new LumaPicture(b), new LumaPicture(a));
        var best = new Laid(first, second, Placement.Whole);
        if (best.IsEvident)
        {
            return best.Alignment;
        }

        Span<(Placement Placement, double Correlation)> found = stackalloc (Placement, double)[2 * Followed];
        CoarseSearch.Best(first, second, found[..Followed]);
        CoarseSearch.Best(second, first, found[Followed..]);
        for (var at = 0; at < found.Length; at++)
        {
            if (found[at].Correlation >= Hopeless)
            {
                var (whole, part) = at < Followed ? (first, second) : (second, first);
                var placement = Registration.Refine(whole, part, found[at].Placement, 32, 6);
                found[at].Placement = placement;
                if (at % Followed > 0 && placement.IsNear(found[at - 1].Placement))
                {
                    continue;
                }

                best = best.Better(new Laid(whole, part, Registration.Refine(whole, part, placement, 64, 6)));
                if (best.IsEvident)
                {
                    return best.Alignment;
                }
            }
        }

        // Everything agrees but has moved: either two shots, or a slight misalignment. The finest registration decides.
        return best.Alignment.Agreement >= Promising && best.Alignment.Moved > 0
            ? best.Better(
                new Laid(best.Whole, best.Part, Registration.Refine(best.Whole, best.Part, best.Placement, LumaPicture.Side, 3))
            ).Alignment
            : best.Alignment;
    }

    /// <summary>One picture, aligned with a part of the other.</summary>
    private readonly record struct Laid(LumaPicture Whole, LumaPicture Part, Placement Placement, Alignment Alignment)
    {
        public Laid(LumaPicture whole, LumaPicture part, Placement placement)
            : this(whole, part, placement, Measure(whole, part, placement)) { }

        public bool IsEvident => Alignment is { Agreement: >= Evident, Changed: <= EvidentChange, Added: <= EvidentChange, Moved: 0 };

        public Laid Better(Laid other) =>
            (other.Alignment.Agreement - other.Alignment.Changed, other.Alignment.Correlation).CompareTo(
                (Alignment.Agreement - Alignment.Changed, Alignment.Correlation)
            ) > 0
                ? other
                : this;

        private static Alignment Measure(LumaPicture whole, LumaPicture part, Placement placement)
        {
            Span<float> sample = stackalloc float[LumaPicture.Side * LumaPicture.Side];
            placement.Sample(whole.At(LumaPicture.Side), LumaPicture.Side, sample);
            var statistics = BlockComparison.Compare(sample, part.At(LumaPicture.Side));
            return new Alignment(
                Math.Round(statistics.Correlation, 4),
                Math.Round(statistics.Agreement, 4),
                Math.Round(statistics.Changed, 4),
                Math.Round(statistics.Moved, 4),
                Math.Round(statistics.Added, 4),
                Math.Round(statistics.DominantToneShare, 4),
                Math.Round(placement.ScaleX, 4),
                Math.Round(placement.ScaleY, 4),
                Math.Round(placement.X, 4),
                Math.Round(placement.Y, 4),
                statistics.IsRetoned,
                statistics.IsMarked
            );
        }
    }
}
