namespace Serverless.Features;

/// <summary>
/// Groups of colours by k-means in OKLab. The first centres are the heaviest colour and, one after the other, the one that the centres so
/// far serve worst, so that equal pictures have equal groups.
/// </summary>
internal static class ColourClusters
{
    private const int MostRounds = 8;

    /// <summary>Centres with their shares, the largest first. Groups nearer to each other than a distance are one.</summary>
    /// <param name="colours">Their weights add up to anything.</param>
    public static IReadOnlyList<WeightedColour> Of(WeightedColour[] colours, int most, double least)
    {
        var centres = Begin(colours, most);
        var nearest = new int[colours.Length];
        var weights = new double[centres.Length];
        for (var round = 0; round < MostRounds && Assign(colours, centres, nearest) | round == 0; round++)
        {
            Move(colours, nearest, centres, weights);
        }

        return Merged([.. centres.Zip(weights, (centre, weight) => new WeightedColour(centre, weight))], least);
    }

    private static OkLab[] Begin(WeightedColour[] colours, int most)
    {
        var centres = new List<OkLab> { colours.MaxBy(colour => colour.Weight).Colour };
        var misses = new double[colours.Length];
        Array.Fill(misses, double.MaxValue);
        while (true)
        {
            var (worst, place) = (0.0, -1);
            for (var i = 0; i < misses.Length; i++)
            {
                misses[i] = Math.Min(misses[i], colours[i].Colour.SquaredDistanceTo(centres[^1]));
                if (misses[i] * colours[i].Weight > worst)
                {
                    (worst, place) = (misses[i] * colours[i].Weight, i);
                }
            }

            if (place < 0 || centres.Count == most)
            {
                return [.. centres];
            }

            centres.Add(colours[place].Colour);
        }
    }

    /// <summary>Whether any colour has another centre than before.</summary>
    private static bool Assign(WeightedColour[] colours, OkLab[] centres, int[] nearest)
    {
        var changed = false;
        for (var i = 0; i < nearest.Length; i++)
        {
            var (best, distance) = (0, double.MaxValue);
            for (var centre = 0; centre < centres.Length; centre++)
            {
                if (colours[i].Colour.SquaredDistanceTo(centres[centre]) is var other && other < distance)
                {
                    (best, distance) = (centre, other);
                }
            }

            changed |= nearest[i] != best;
            nearest[i] = best;
        }

        return changed;
    }

    private static void Move(WeightedColour[] colours, int[] nearest, OkLab[] centres, double[] weights)
    {
        var sums = new OkLab[centres.Length];
        Array.Clear(weights);
        for (var i = 0; i < nearest.Length; i++)
        {
            var ((colour, weight), centre) = (colours[i], nearest[i]);
            var sum = sums[centre];
            sums[centre] = new OkLab(sum.L + (weight * colour.L), sum.A + (weight * colour.A), sum.B + (weight * colour.B));
            weights[centre] += weight;
        }

        for (var i = 0; i < sums.Length; i++)
        {
            centres[i] = weights[i] > 0 ? new OkLab(sums[i].L / weights[i], sums[i].A / weights[i], sums[i].B / weights[i]) : centres[i];
        }
    }

    private static List<WeightedColour> Merged(List<WeightedColour> groups, double least)
    {
        groups.RemoveAll(group => group.Weight <= 0);
        while (Nearest(groups) is var (a, b) && groups[a].Colour.DistanceTo(groups[b].Colour) < least)
        {
            groups[a] = Together(groups[a], groups[b]);
            groups.RemoveAt(b);
        }

        groups.Sort((one, other) => other.Weight.CompareTo(one.Weight));
        return groups;
    }

    private static (int A, int B)? Nearest(List<WeightedColour> groups)
    {
        var (best, distance) = (((int, int)?)null, double.MaxValue);
        for (var a = 0; a < groups.Count; a++)
        {
            for (var b = a + 1; b < groups.Count; b++)
            {
                if (groups[a].Colour.SquaredDistanceTo(groups[b].Colour) is var other && other < distance)
                {
                    (best, distance) = ((a, b), other);
                }
            }
        }

        return best;
    }

    private static WeightedColour Together(WeightedColour one, WeightedColour other)
    {
        var (weight, part) = (one.Weight + other.Weight, other.Weight / (one.Weight + other.Weight));
        double Mix(double a, double b) => a + ((b - a) * part);
        return new WeightedColour(
            new OkLab(Mix(one.Colour.L, other.Colour.L), Mix(one.Colour.A, other.Colour.A), Mix(one.Colour.B, other.Colour.B)),
            weight
        );
    }
}
