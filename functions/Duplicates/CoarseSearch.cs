namespace Serverless.Duplicates;

/// <summary>Tries every likely placement at 16 × 16 points: the whole, crops of one or two sides, borders.</summary>
internal static class CoarseSearch
{
    private const int Side = LumaPicture.CoarseSide;

    private static readonly double[] Scales = [1, 0.93, 0.86, 0.79];

    /// <summary>Where a part begins, as a share of the room that it has.</summary>
    private static readonly double[] Starts = [0, 0.5, 1];

    private static readonly Placement[] Placements = [.. All()];

    /// <summary>The placements of <paramref name="part"/> on <paramref name="whole"/> that correlate best, best first.</summary>
    public static void Best(LumaPicture whole, LumaPicture part, Span<(Placement Placement, double Correlation)> best)
    {
        best.Fill((Placement.Whole, double.NegativeInfinity));
        Span<float> sample = stackalloc float[Side * Side];
        foreach (var placement in Placements)
        {
            placement.Sample(whole.At(Side), Side, sample);
            var fit = new LinearFit();
            fit.Add(sample, part.At(Side));
            var found = (placement, fit.Correlation);
            for (var rank = 0; rank < best.Length; rank++)
            {
                if (found.Correlation > best[rank].Correlation)
                {
                    (best[rank], found) = (found, best[rank]);
                }
            }
        }
    }

    private static IEnumerable<Placement> All()
    {
        var lines = (from scale in Scales from share in scale == 1 ? [0] : Starts select (Scale: scale, Start: (1 - scale) * share)).ToList();
        return from x in lines from y in lines select new Placement(x.Scale, y.Scale, x.Start, y.Start);
    }
}
