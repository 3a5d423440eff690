using NetVips;
using Xunit;

namespace Functions.Tests.Imaging;

public class ThumbnailTests
{
    [Theory]
    [InlineData("large-1201x803.jpg", 256, 256, 171)]
    [InlineData("exif-6.jpg", 96, 96, 64)]
    [InlineData("scene.heic", 96, 96, 64)]
    [InlineData("scene.bmp", 96, 96, 64)]
    [InlineData("animated.gif", 96, 96, 64)]
    [InlineData("cmyk.jpg", 96, 96, 64)]
    [InlineData("scene.png", 1000, 192, 128)]
    [InlineData("scene.heic", 1000, 192, 128)]
    public void It_fits_the_square_upright_and_is_never_enlarged(string name, int size, int width, int height)
    {
        var bytes = Pictures.Reader.Thumbnail(Pictures.Checked(name), size);
        using var thumbnail = Image.NewFromBuffer(bytes);

        Assert.Equal("image/webp", Pictures.Reader.ThumbnailMediaType);
        Assert.Equal("webpload_buffer", thumbnail.Get("vips-loader"));
        Assert.Equal((width, height), (thumbnail.Width, thumbnail.Height));
        Assert.InRange(Pictures.Difference(Pictures.Checked(name), Pictures.Accepted(bytes)), 0, 6);
    }

    [Fact]
    public void It_keeps_no_metadata()
    {
        using var thumbnail = Image.NewFromBuffer(Pictures.Reader.Thumbnail(Pictures.Checked("exif-6.jpg"), 100));

        Assert.DoesNotContain(thumbnail.GetFields(), field => field is "exif-data" or "xmp-data" or "icc-profile-data" or "orientation");
    }

    [Fact]
    public void It_keeps_transparency()
    {
        using var thumbnail = Image.NewFromBuffer(Pictures.Reader.Thumbnail(Pictures.Checked("alpha.png"), 100));

        Assert.True(thumbnail.HasAlpha());
    }
}
