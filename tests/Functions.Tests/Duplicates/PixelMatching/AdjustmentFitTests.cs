using Serverless.Duplicates.PixelMatching;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>Adjustments of strong colours, of which a part is cut off.</summary>
public sealed class AdjustmentFitTests
{
    [Theory]
    [InlineData(1.4)]
    [InlineData(0.6)]
    public void A_scale_of_saturation_is_found_though_most_colours_are_cut_off(double scale)
    {
        Ycc[] from = [.. Colours(90, 160)];
        Ycc[] to = [.. from.Select(colour => new Ycc(colour.Y, scale * colour.Blue, scale * colour.Red).Shown)];
        var found = SaturationFit.Of(from, to);
        Assert.NotNull(found);
        Assert.Equal(scale, found.Along, 0.02);
        Assert.InRange(AdjustmentFit.Cost(found, from, to), 0, 0.5);
    }

    [Fact]
    public void Sepia_is_one_matrix()
    {
        Ycc[] from = [.. Colours(0, 255)];
        Ycc[] to =
        [
            .. from.Select(colour => colour.Rgb)
                .Select(rgb =>
                    Ycc.Of(
                        Math.Min(255, (0.393 * rgb.Red) + (0.769 * rgb.Green) + (0.189 * rgb.Blue)),
                        Math.Min(255, (0.349 * rgb.Red) + (0.686 * rgb.Green) + (0.168 * rgb.Blue)),
                        Math.Min(255, (0.272 * rgb.Red) + (0.534 * rgb.Green) + (0.131 * rgb.Blue))
                    )
                ),
        ];
        Assert.InRange(AdjustmentFit.Cost(TonedFit.Sepia, from, to), 0, 1);
        Assert.True(TonedFit.IsOfOneShade(TonedFit.Sepia, from, to));
    }

    [Fact]
    public void A_picture_with_colours_left_is_not_in_shades_of_one()
    {
        Ycc[] from = [.. Enumerable.Repeat(new Ycc(220, 0, 0), 85), .. Enumerable.Repeat(new Ycc(150, -5, -30), 15)];
        Ycc[] to = [.. Enumerable.Repeat(new Ycc(220, 0, 0), 85), .. Enumerable.Repeat(new Ycc(150, -25, 5), 15)];
        var grey = new ColourAdjustment.Toned(new ColourAdjustment.Channels(ToneCubic.Identity, 1, 1, 1), 0, 0);
        Assert.False(TonedFit.IsOfOneShade(grey, from, to));
    }

    private static IEnumerable<Ycc> Colours(int least, int most)
    {
        var random = new Random(4);
        for (var at = 0; at < 600; at++)
        {
            yield return Ycc.Of(random.Next(least, most), random.Next(256), random.Next(256));
        }
    }
}
