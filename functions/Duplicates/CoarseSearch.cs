namespace Serverless.Duplicates;

/// <summary>Tries every likely placement at 16 × 16 points: the whole, crops of one or two sides, borders.</summary>
internal static class CoarseSearch
{
    private const int Side = LumaPicture.CoarseSide;

    private static readonly double[] Scales = [1, 0.93, 0.86, 0.79];

    /// <summary>Where a part begins, as a share of the room that it has.</summary>
    private static readonly double[] Starts = [0, 0.5, 1];

    /// <summary>Every part of one side; a placement has one across and one down.</summary>
    private static readonly (double Scale, double Start)[] Parts =
    [
        .. from scale in Scales from share in scale == 1 ? [0] : Starts select (scale, (1 - scale) * share),
    ];

    /// <summary>The placements of <paramref name="part"/> on <paramref name="whole"/> that correlate best, best first.</summary>
    public static void Best(LumaPicture whole, LumaPicture part, Span<(Placement Placement, double Correlation)> best)
    {
        best.Fill((Placement.Whole, double.NegativeInfinity));
        var picture = whole.At(Side);
        Span<int> before = stackalloc int[Side];
        Span<float> beyond = stackalloc float[Side];
        Span<float> across = stackalloc float[Side * Side];
        Span<float> sample = stackalloc float[Side * Side];
        foreach (var x in Parts)
        {
            Resampling.Place(x.Scale, x.Start, before, beyond);
            for (var row = 0; row < Side; row++)
            {
                Resampling.Across(picture.Slice(row * Side, Side), before, beyond, across.Slice(row * Side, Side));
            }

            foreach (var y in Parts)
            {
                Resampling.Place(y.Scale, y.Start, before, beyond);
                for (var row = 0; row < Side; row++)
                {
                    Resampling.Between(
                        across.Slice(before[row] * Side, Side),
                        across.Slice((before[row] + 1) * Side, Side),
                        beyond[row],
                        sample.Slice(row * Side, Side)
                    );
                }

                Keep((new Placement(x.Scale, y.Scale, x.Start, y.Start), LinearFit.Of(sample, part.At(Side)).Correlation), best);
            }
        }
    }

    private static void Keep((Placement Placement, double Correlation) found, Span<(Placement Placement, double Correlation)> best)
    {
        for (var rank = 0; rank < best.Length; rank++)
        {
            if (found.Correlation > best[rank].Correlation)
            {
                (best[rank], found) = (found, best[rank]);
            }
        }
    }
}
