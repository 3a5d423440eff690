using Serverless.Features;
using Serverless.Labels;

namespace Functions.Tests.Labels;

public sealed class StyleRulesTests
{
    private static readonly string[] Styles = ["clipArt", "lineDrawing", "photo"];

    [Fact]
    public void A_picture_filled_with_colours_is_no_line_drawing_and_its_share_goes_to_the_others()
    {
        float[] certainties = [0.3f, 0.6f, 0.1f];
        StyleRules.Apply(Styles, certainties, Visual(new PaletteColour(255, 255, 255, 0.5), new PaletteColour(250, 210, 40, 0.4)));
        Assert.Equal([0.75f, 0, 0.25f], certainties, (one, other) => Math.Abs(one - other) < 1e-6);
    }

    [Fact]
    public void Lines_of_one_colour_on_any_ground_may_be_one()
    {
        float[] certainties = [0.3f, 0.6f, 0.1f];
        StyleRules.Apply(Styles, certainties, Visual(new PaletteColour(255, 255, 255, 0.9), new PaletteColour(200, 40, 40, 0.1)));
        StyleRules.Apply(Styles, certainties, Visual(new PaletteColour(30, 80, 200, 0.9), new PaletteColour(255, 255, 255, 0.1)));
        StyleRules.Apply(Styles, certainties, null);
        Assert.Equal([0.3f, 0.6f, 0.1f], certainties);
    }

    private static VisualFeatures Visual(params PaletteColour[] palette) =>
        new()
        {
            Palette = palette,
            Foreground = palette[^1].Name,
            Background = palette[0].Name,
            Brightness = 50,
            Chroma = 20,
            IsBlackAndWhite = false,
            IsTransparent = false,
            IsIsolated = false,
            CopySpace = Places.None,
            Subject = null,
            Symmetry = 0,
            Sharpness = 50,
            Noise = 0,
        };
}
