using Serverless.Features;
using Serverless.Sheets;

namespace Functions.Tests.Sheets;

public sealed class SheetRuleTests
{
    [Theory]
    [InlineData("a clean plan", true, "#ffffff 0.93", "#d8d8d8 0.05")]
    [InlineData("a scan in uneven light", true, "#e7e7e7 0.41", "#cccccc 0.55", "#bbbbbb 0.04")]
    [InlineData("a photo of a whiteboard", true, "#cacbcd 0.48", "#e7e7e8 0.32", "#98a1b2 0.17", "#6c7994 0.03")]
    [InlineData("a blueprint", true, "#1d4a8f 0.70", "#446aa5 0.17", "#e8f0ff 0.10")]
    [InlineData("strokes in red", true, "#fdf9ef 0.88", "#e08070 0.12")]
    [InlineData("a red mug on white", false, "#fafafa 0.72", "#b02018 0.26", "#701010 0.02")]
    [InlineData("a beach", false, "#d8c8a0 0.55", "#4080c0 0.45")]
    [InlineData("a portrait in grey", false, "#202020 0.50", "#909090 0.30", "#e0e0e0 0.20")]
    [InlineData("nothing", false)]
    public void A_drawing_is_mostly_paper_of_one_hue(string what, bool mayBe, params string[] palette)
    {
        var colours = palette.Select(colour =>
            PaletteColour.Parse(colour[..7])!.Value with
            {
                Share = double.Parse(colour[8..], System.Globalization.CultureInfo.InvariantCulture),
            }
        );
        Assert.True(SheetRule.MayBeLines([.. colours]) == mayBe, what);
    }
}
