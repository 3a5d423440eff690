using Serverless.Features;
using Serverless.Labels;

namespace Functions.Tests.Labels;

public sealed class StyleRulesTests
{
    private static readonly string[] Styles = ["clipArt", "lineDrawing", "photo"];

    [Fact]
    public void What_looks_like_a_line_drawing_and_is_filled_is_clip_art()
    {
        float[] certainties = [0.3f, 0.6f, 0.1f];
        StyleRules.Apply(Styles, certainties, Visual(new PaletteColour(255, 255, 255, 0.5), new PaletteColour(250, 210, 40, 0.4)));
        Assert.Equal([0.9f, 0, 0.1f], certainties, (one, other) => Math.Abs(one - other) < 1e-6);

        certainties = [0.3f, 0.6f, 0.1f];
        PaletteColour[] outlined = [new(255, 255, 255, 0.9), new(10, 10, 10, 0.06), new(250, 210, 40, 0.04)];
        StyleRules.Apply(Styles, certainties, Visual(outlined));
        Assert.Equal(0, certainties[1]);
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
