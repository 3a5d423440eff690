using Serverless.Features;

namespace Functions.Tests.Features;

/// <summary>Pictures of known colours.</summary>
public sealed class PaletteTests
{
    private static readonly (byte, byte, byte) Blue = DrawnPicture.Colour("#3366cc");
    private static readonly (byte, byte, byte) Red = DrawnPicture.Colour("#cc2222");
    private static readonly (byte, byte, byte) White = DrawnPicture.Colour("#ffffff");

    [Fact]
    public void Flat_colours_are_given_as_they_are_with_their_shares()
    {
        var palette = new DrawnPicture(128, 128, White).Box(0, 0, 0.5, 1, Blue).Box(0.5, 0, 1, 0.25, Red).Features().Palette;
        Assert.Equal(["#3366cc", "#ffffff", "#cc2222"], palette.Select(colour => colour.Hex));
        Assert.Equal([0.5, 0.375, 0.125], palette.Select(colour => Math.Round(colour.Share, 3)));
        Assert.Equal([ColourName.Blue, ColourName.White, ColourName.Red], palette.Select(colour => colour.Name));
    }

    [Fact]
    public void A_picture_of_one_colour_has_one_and_no_composition()
    {
        var features = new DrawnPicture(300, 200, Blue).Features();
        Assert.Equal("#3366cc", Assert.Single(features.Palette).Hex);
        Assert.Null(features.Subject);
        Assert.Equal((false, Places.None, 0, 0), (features.IsIsolated, features.CopySpace, features.Symmetry, features.Noise));
    }

    [Fact]
    public void A_small_vivid_colour_is_not_lost_in_a_noisy_large_one()
    {
        var features = new DrawnPicture(256, 256, DrawnPicture.Colour("#7a7a7a")).Circle(0.7, 0.3, 0.12, Red).Grain(8).Features();
        Assert.Equal([ColourName.Gray, ColourName.Red], features.Colours);
    }

    [Fact]
    public void Grain_and_size_change_the_palette_little()
    {
        static DrawnPicture Drawn(int width, int height) =>
            new DrawnPicture(width, height, White).Box(0, 0.4, 1, 1, Blue).Circle(0.3, 0.3, 0.2, Red);
        var (plain, grainy) = (Drawn(200, 150).Features(), Drawn(640, 480).Grain(6).Features());
        Assert.Equal(plain.Colours, grainy.Colours);
        Assert.All(
            plain.Palette.Zip(grainy.Palette),
            pair =>
            {
                Assert.InRange(pair.First.Lab.DistanceTo(pair.Second.Lab), 0, 0.03);
                Assert.InRange(pair.First.Share - pair.Second.Share, -0.02, 0.02);
            }
        );
    }

    [Theory]
    [InlineData("#000000", "#ffffff", true)]
    [InlineData("#704214", "#f5e6c8", false)]
    public void Greys_are_black_and_white_and_sepia_is_not(string dark, string light, bool isBlackAndWhite) =>
        Assert.Equal(
            isBlackAndWhite,
            new DrawnPicture(128, 128, DrawnPicture.Colour(dark))
                .Box(0.3, 0.3, 0.7, 0.7, DrawnPicture.Colour(light))
                .Features()
                .IsBlackAndWhite
        );

    [Fact]
    public void Brightness_and_chroma_follow_the_colours()
    {
        var (dark, light) = (new DrawnPicture(64, 64, (10, 10, 10)).Features(), new DrawnPicture(64, 64, (250, 250, 250)).Features());
        var (dull, vivid) = (new DrawnPicture(64, 64, (120, 130, 140)).Features(), new DrawnPicture(64, 64, (0, 0, 255)).Features());
        Assert.InRange(dark.Brightness, 0, 20);
        Assert.InRange(light.Brightness, 95, 100);
        Assert.InRange(dull.Chroma, 1, 15);
        Assert.InRange(vivid.Chroma, 90, 100);
    }

    [Fact]
    public void Foreground_is_the_colour_of_the_subject_and_background_that_of_the_edge()
    {
        var features = new DrawnPicture(300, 200, White).Circle(0.3, 0.5, 0.25, Red).Features();
        Assert.Equal((ColourName.Red, ColourName.White), (features.Foreground, features.Background));
    }
}
