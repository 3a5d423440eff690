namespace Serverless.Features;

/// <summary>
/// What people call a colour. The bounds, in lightness, chroma and degrees of hue of OKLab, were fitted to every other name of the xkcd
/// colour survey; how well they hold for the rest is in docs/features.md.
/// </summary>
internal static class ColourNames
{
    private const double GrayChroma = 0.042;
    private const double GrayBlueChroma = 0.045;

    public static ColourName Of(OkLab colour)
    {
        var (lightness, chroma, hue) = (colour.L, colour.Chroma, colour.Hue);
        return lightness < 0.2 || (chroma < GrayChroma && lightness < 0.25) ? ColourName.Black
            : lightness > 0.95 && chroma < 0.05 ? ColourName.White
            : chroma < GrayChroma ? ColourName.Gray
            : hue switch
            {
                < 34 or >= 355 => Reddish(lightness, chroma, hue),
                < 78 => lightness >= 0.58 && chroma >= 0.12 ? ColourName.Orange
                : lightness >= 0.9 && chroma <= 0.05 ? ColourName.White
                : ColourName.Brown,
                < 116.5 => lightness >= 0.75 && chroma >= 0.07 ? ColourName.Yellow
                : hue < 105 ? ColourName.Brown
                : ColourName.Green,
                < 159 => ColourName.Green,
                < 204 => ColourName.Teal,
                < 289 => chroma >= GrayBlueChroma ? ColourName.Blue : ColourName.Gray,
                _ => hue >= 322 && lightness >= 0.6 ? ColourName.Pink : ColourName.Purple,
            };
    }

    /// <summary>The name that the API writes; null for any other text.</summary>
    public static ColourName? Parse(string text) =>
        Enum.TryParse<ColourName>(text, ignoreCase: true, out var name) && text.All(char.IsAsciiLetter) ? name
        : text.Equals("grey", StringComparison.OrdinalIgnoreCase) ? ColourName.Gray
        : null;

    private static ColourName Reddish(double lightness, double chroma, double hue)
    {
        var turned = hue < 180 ? hue + 5 : hue - 355;
        var isVivid = hue is > 24 and < 180 && chroma >= 0.16 && lightness < 0.72;
        return !isVivid && lightness >= 0.62 + (0.05 * turned / 60) ? ColourName.Pink
            : chroma < 0.08 || (hue is > 18 and < 180 && chroma < 0.12) ? ColourName.Brown
            : ColourName.Red;
    }
}
