using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public class ImageFormatTests
{
    [Theory]
    [InlineData("scene.jpg", ImageFormat.Jpeg, "image/jpeg")]
    [InlineData("progressive.jpg", ImageFormat.Jpeg, "image/jpeg")]
    [InlineData("scene.png", ImageFormat.Png, "image/png")]
    [InlineData("interlaced.png", ImageFormat.Png, "image/png")]
    [InlineData("palette.png", ImageFormat.Png, "image/png")]
    [InlineData("sixteen-bit.png", ImageFormat.Png, "image/png")]
    [InlineData("scene.webp", ImageFormat.Webp, "image/webp")]
    [InlineData("animated.webp", ImageFormat.Webp, "image/webp")]
    [InlineData("scene.gif", ImageFormat.Gif, "image/gif")]
    [InlineData("animated.gif", ImageFormat.Gif, "image/gif")]
    [InlineData("scene.tif", ImageFormat.Tiff, "image/tiff")]
    [InlineData("scene.bmp", ImageFormat.Bmp, "image/bmp")]
    [InlineData("scene.avif", ImageFormat.Avif, "image/avif")]
    [InlineData("scene.heic", ImageFormat.Heic, "image/heic")]
    public void Each_format_is_told_by_its_contents_and_shows_the_same_picture(string name, ImageFormat format, string mediaType)
    {
        var image = Pictures.Checked(name);

        Assert.Equal(format, image.Format);
        Assert.Equal(mediaType, image.MediaType);
        Assert.Equal((Pictures.Width, Pictures.Height), (image.Width, image.Height));
        Assert.InRange(Pictures.Difference(Pictures.Checked("scene.png"), image), 0, 3.0);
    }

    [Theory]
    [InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void A_photo_is_turned_upright_as_its_EXIF_orientation_says(int orientation)
    {
        var image = Pictures.Checked($"exif-{orientation}.jpg");

        Assert.Equal((Pictures.Width, Pictures.Height), (image.Width, image.Height));
        Assert.InRange(Pictures.Difference(Pictures.Checked("scene.jpg"), image), 0, 1.0);
    }

    [Fact]
    public void CMYK_becomes_RGB_by_colour_management()
    {
        // The inks cannot print the scene's purest colours, so it is only near.
        Assert.InRange(Pictures.Difference(Pictures.Checked("scene.jpg"), Pictures.Checked("cmyk.jpg")), 0.5, 12);
    }

    [Fact]
    public void Grey_becomes_RGB()
    {
        var pixels = Pictures.Checked("grey.jpg").Pixels(1);

        Assert.Equal(pixels.Rgb[0], pixels.Rgb[1]);
        Assert.Equal(3 * pixels.Width * pixels.Height, pixels.Rgb.Length);
    }

    [Theory]
    [InlineData("alpha.png")]
    [InlineData("alpha-lossless.webp")]
    public void Transparency_is_laid_over_white(string name)
    {
        var pixels = Pictures.Checked(name).Pixels(1);

        Assert.Equal([255, 255, 255], pixels.Rgb[..3]);
        Assert.NotEqual([255, 255, 255], pixels.Rgb.AsSpan(3 * ((64 * pixels.Width) + 96), 3).ToArray());
    }

    [Fact]
    public void The_hash_is_that_of_the_bytes()
    {
        var bytes = Pictures.Bytes("scene.png");

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), Pictures.Accepted(bytes).Sha256);
    }
}
