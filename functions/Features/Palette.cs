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
                .Of(bins.Colours, Groups, Apart)
                .Where((group, place) => place == 0 || group.Weight >= LeastShare)
                .Take(Most)
                .Select(Colour),
        ];

    private static PaletteColour Colour(WeightedColour group)
    {
        var (red, green, blue) = group.Colour.ToRgb();
        return new PaletteColour(red, green, blue, group.Weight);
    }
}
