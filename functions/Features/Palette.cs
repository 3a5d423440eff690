namespace Serverless.Features;

/// <summary>Up to five colours that tell what a picture is made of.</summary>
internal static class Palette
{
    public const int Most = 5;

    /// <summary>More groups than are kept, so that a small vivid one is not lost in the mean of a large one.</summary>
    private const int Groups = 8;

    /// <summary>Distance in OKLab below which two colours are one: some ten levels of a grey.</summary>
    private const double Apart = 0.09;

    private const double LeastShare = 0.02;

    /// <summary>The largest first; at least one.</summary>
    public static IReadOnlyList<PaletteColour> Of(ColourBins bins) =>
        [
            .. ColourClusters
                .Of(bins.Colours.ToArray(), Groups, Apart)
                .Where((group, place) => place == 0 || group.Weight >= LeastShare)
                .Take(Most)
                .Select(group => Colour(group, bins.Colours)),
        ];

    /// <summary>The mean; where most of the group is one colour, that, so that soft edges do not tint a drawing.</summary>
    private static PaletteColour Colour(WeightedColour group, ReadOnlySpan<WeightedColour> bins)
    {
        var shown = group.Colour;
        foreach (var bin in bins)
        {
            if (bin.Weight > group.Weight / 2 && bin.Colour.DistanceTo(group.Colour) < Apart)
            {
                shown = bin.Colour;
            }
        }

        var (red, green, blue) = shown.ToRgb();
        return new PaletteColour(red, green, blue, group.Weight);
    }
}
