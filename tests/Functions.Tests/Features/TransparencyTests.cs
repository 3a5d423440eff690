using Functions.Tests.Imaging;
using Serverless.Features;

namespace Functions.Tests.Features;

/// <summary>What a decoder process tells of a file beside its pixels.</summary>
public sealed class TransparencyTests
{
    [Theory]
    [InlineData("alpha.png", true)]
    [InlineData("alpha-lossless.webp", true)]
    [InlineData("scene.png", false)]
    [InlineData("scene.jpg", false)]
    [InlineData("scene.gif", false)]
    public void What_can_be_seen_through_is_transparent(string name, bool isTransparent) =>
        Assert.Equal(isTransparent, PictureAnalysis.Of(Pictures.Checked(name)).IsTransparent);

    [Fact]
    public void Every_format_of_one_scene_has_the_same_colours_and_composition()
    {
        var scene = PictureAnalysis.Of(Pictures.Checked("scene.png"));
        foreach (var name in (string[])["scene.jpg", "scene.webp", "scene.tif", "scene.bmp", "exif-6.jpg"])
        {
            var other = PictureAnalysis.Of(Pictures.Checked(name));
            Assert.All(
                scene.Palette.Where(colour => colour.Share > 0.1),
                colour => Assert.Contains(other.Palette, near => near.Lab.DistanceTo(colour.Lab) < 0.04)
            );
            Assert.Equal((scene.Subject?.Place, scene.IsIsolated), (other.Subject?.Place, other.IsIsolated));
        }
    }
}
