using System.Numerics;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public class FingerprintTests
{
    [Theory]
    [InlineData("scene.webp")]
    [InlineData("palette.png")]
    [InlineData("scene.heic")]
    public void A_copy_in_another_format_has_nearly_the_same_perceptual_hash(string copy) =>
        Assert.InRange(Distance("scene.png", copy), 0, 6);

    [Fact]
    public void A_copy_of_half_the_size_has_nearly_the_same_perceptual_hash()
    {
        var large = Pictures.Checked("large-1201x803.jpg");
        var small = Pictures.Accepted(Pictures.Reader.Thumbnail(large, 600));

        Assert.InRange(Distance(large, small), 0, 4);
    }

    [Fact]
    public void Another_picture_has_another_perceptual_hash() => Assert.InRange(Distance("scene.png", "alpha.png"), 16, 64);

    [Fact]
    public void A_blank_picture_has_no_texture_and_a_drawn_one_has()
    {
        var blank = NetVips.Image.Black(50, 40).PngsaveBuffer();

        Assert.Equal(0, Pictures.Reader.Fingerprint(Pictures.Accepted(blank)).Texture);
        Assert.InRange(Pictures.Reader.Fingerprint(Pictures.Checked("scene.png")).Texture, 20, 128);
    }

    [Fact]
    public void The_same_bytes_always_have_the_same_fingerprint()
    {
        var first = Pictures.Reader.Fingerprint(Pictures.Checked("scene.jpg"));
        var second = Pictures.Reader.Fingerprint(Pictures.Checked("scene.jpg"));

        Assert.Equal(first.PerceptualHash, second.PerceptualHash);
        Assert.Equal(first.Luma, second.Luma);
    }

    private static int Distance(string a, string b) => Distance(Pictures.Checked(a), Pictures.Checked(b));

    private static int Distance(CheckedImage a, CheckedImage b) =>
        BitOperations.PopCount(Pictures.Reader.Fingerprint(a).PerceptualHash ^ Pictures.Reader.Fingerprint(b).PerceptualHash);
}
