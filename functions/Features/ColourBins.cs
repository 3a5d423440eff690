namespace Serverless.Features;

/// <summary>A mean colour, and how much of it there is.</summary>
internal readonly record struct WeightedColour(OkLab Colour, double Weight);

/// <summary>
/// The colours of a picture, those that share the upper four bits of each channel as their mean: a few hundred conversions to OKLab
/// in place of one for each point.
/// </summary>
internal sealed class ColourBins
{
    private const int Count = 1 << 12;

    private readonly ushort[] binOf;
    private readonly WeightedColour[] colours;
    private readonly ColourName[] names;

    private ColourBins(ushort[] binOf, WeightedColour[] colours)
    {
        (this.binOf, this.colours) = (binOf, colours);
        names = [.. colours.Select(colour => ColourNames.Of(colour.Colour))];
    }

    /// <summary>Weights add up to 1.</summary>
    public ReadOnlySpan<WeightedColour> Colours => colours;

    /// <param name="rgb">Red, green and blue of each point.</param>
    public static ColourBins Of(ReadOnlySpan<byte> rgb)
    {
        var points = rgb.Length / 3;
        var (binOf, counts, sums) = (new ushort[points], new int[Count], new int[Count * 3]);
        for (var i = 0; i < points; i++)
        {
            int red = rgb[3 * i],
                green = rgb[(3 * i) + 1],
                blue = rgb[(3 * i) + 2];
            var bin = ((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4);
            binOf[i] = (ushort)bin;
            counts[bin]++;
            sums[3 * bin] += red;
            sums[(3 * bin) + 1] += green;
            sums[(3 * bin) + 2] += blue;
        }

        var (colours, place) = (new List<WeightedColour>(), new ushort[Count]);
        for (var bin = 0; bin < Count; bin++)
        {
            if (counts[bin] > 0)
            {
                place[bin] = (ushort)colours.Count;
                colours.Add(new WeightedColour(Mean(sums.AsSpan(3 * bin, 3), counts[bin]), (double)counts[bin] / points));
            }
        }

        for (var i = 0; i < points; i++)
        {
            binOf[i] = place[binOf[i]];
        }

        return new ColourBins(binOf, [.. colours]);
    }

    /// <summary>The colour of a point, as the mean of its bin.</summary>
    public OkLab At(int point) => colours[binOf[point]].Colour;

    public ColourName NameAt(int point) => names[binOf[point]];

    /// <summary>Which of <see cref="Colours"/> a point has.</summary>
    public int PlaceOf(int point) => binOf[point];

    private static OkLab Mean(ReadOnlySpan<int> sum, int count) =>
        OkLab.Of(Level(sum[0], count), Level(sum[1], count), Level(sum[2], count));

    private static byte Level(int sum, int count) => (byte)((sum + (count / 2)) / count);
}
