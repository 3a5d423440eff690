using Serverless.Imaging;

namespace Functions.Tests.Imaging;

/// <summary>What other programs write is read right, or refused under its own name.</summary>
public sealed class FeatureTests
{
    [Theory]
    [
        InlineData("grey-16.tif"),
        InlineData("grey-32.tif"),
        InlineData("grey-32-of-16.tif"),
        InlineData("grey-32-of-8.tif"),
        InlineData("grey-half.tif")
    ]
    [InlineData("grey-float.tif"), InlineData("grey-float-255.tif"), InlineData("grey-float-65535.tif"), InlineData("min-is-white.tif")]
    [
        InlineData("rgb-float.tif"),
        InlineData("rgb-32.tif"),
        InlineData("planar.tif"),
        InlineData("tiled.tif"),
        InlineData("big.tif"),
        InlineData("big-endian.tif")
    ]
    [InlineData("palette.tif"), InlineData("jpeg.tif"), InlineData("old-style-jpeg.tif")]
    [InlineData("progressive-restarts.jpg"), InlineData("restarts.jpg")]
    [InlineData("rgb565.bmp"), InlineData("rgb555.bmp"), InlineData("argb1555.bmp"), InlineData("alpha-all-zero.bmp")]
    [
        InlineData("preview.dng"),
        InlineData("preview-rgb.dng"),
        InlineData("preview.nef"),
        InlineData("sideways.arw"),
        InlineData("preview.orf")
    ]
    [InlineData("preview.rw2"), InlineData("preview.cr2"), InlineData("preview.raf"), InlineData("sideways.cr3")]
    [InlineData("three.gif"), InlineData("three.webp"), InlineData("three.avif"), InlineData("disposal-none.png")]
    [InlineData("pages.tif"), InlineData("picture-below-preview.tif"), InlineData("preview-unmarked.tif")]
    public void It_shows_the_scene(string name)
    {
        var image = FormatFiles.Checked(name);

        Assert.Equal((96, 64), (image.Width, image.Height));
        Assert.InRange(FormatFiles.DifferenceFromScene(image), 0, 5);
        Assert.InRange(Pictures.Difference(image, Pictures.Accepted(Pictures.Reader.Thumbnail(image, 96))), 0, 4);
    }

    [Theory]
    [InlineData("cmyk.tif"), InlineData("cmyk-no-marker.jpg"), InlineData("cmyk-magick.jpg")]
    public void Inks_show_nearly_the_scene(string name) =>
        Assert.InRange(FormatFiles.DifferenceFromScene(FormatFiles.Checked(name)), 0, 30);

    [Theory]
    [
        InlineData("grey-signed.tif"),
        InlineData("grey-float-negative.tif"),
        InlineData("rgb-hdr.tif"),
        InlineData("argb4444.bmp"),
        InlineData("bilevel-g4.tif")
    ]
    public void Whatever_is_white_in_it_light_and_dark_stay_where_they_are(string name)
    {
        var (scene, image) = (
            Pictures.Reader.Fingerprint(FormatFiles.Checked("scene.png")),
            Pictures.Reader.Fingerprint(FormatFiles.Checked(name))
        );

        Assert.InRange(image.Texture, 20, 128);
        Assert.InRange(System.Numerics.BitOperations.PopCount(scene.PerceptualHash ^ image.PerceptualHash), 0, 12);
    }

    [Theory]
    [InlineData("zstd.tif", "The TIFF image is compressed with Zstandard, which cannot be read")]
    [InlineData("lzma.tif", "The TIFF image is compressed with LZMA, which cannot be read")]
    [InlineData("lerc.tif", "The TIFF image is compressed with LERC, which cannot be read")]
    [InlineData("jpeg-xl.tif", "The TIFF image is compressed with JPEG XL, which cannot be read")]
    [InlineData("lab.tif", "The TIFF image holds L*a*b* colours, which cannot be read")]
    [InlineData("grey-double.tif", "The TIFF image has 64 bits a sample, which cannot be read")]
    [InlineData("without-preview.nef", "The file is a camera raw (Nikon NEF) without a usable preview")]
    public void What_cannot_be_read_is_refused_under_its_name(string name, string reason) =>
        Assert.StartsWith(reason, Pictures.Refused(FormatFiles.Bytes(name)), StringComparison.Ordinal);

    [Theory]
    [InlineData("preview.dng", ImageFormat.Dng, "image/x-adobe-dng"), InlineData("preview.nef", ImageFormat.Nef, "image/x-nikon-nef")]
    [InlineData("sideways.arw", ImageFormat.Arw, "image/x-sony-arw"), InlineData("preview.orf", ImageFormat.Orf, "image/x-olympus-orf")]
    [InlineData("preview.rw2", ImageFormat.Rw2, "image/x-panasonic-rw2"), InlineData("preview.cr2", ImageFormat.Cr2, "image/x-canon-cr2")]
    [InlineData("preview.raf", ImageFormat.Raf, "image/x-fuji-raf"), InlineData("sideways.cr3", ImageFormat.Cr3, "image/x-canon-cr3")]
    public void A_camera_raw_is_told_from_a_picture(string name, ImageFormat format, string mediaType)
    {
        var image = FormatFiles.Checked(name);

        Assert.Equal((format, mediaType, true), (image.Format, image.MediaType, image.IsRaw));
    }

    [Fact]
    public void A_picture_is_no_camera_raw() => Assert.False(FormatFiles.Checked("jpeg.tif").IsRaw);

    [Fact]
    public void A_raw_whose_sensor_data_are_cut_off_is_cut_short() =>
        Assert.Contains("cut short", Pictures.Refused(FormatFiles.Bytes("preview.dng")[..^1000]), StringComparison.Ordinal);

    [Theory]
    [InlineData("sizes.ico"), InlineData("bitmaps.ico"), InlineData("palette.ico")]
    public void An_icon_is_its_largest_picture(string name)
    {
        var image = FormatFiles.Checked(name);

        Assert.Equal((ImageFormat.Ico, "image/vnd.microsoft.icon"), (image.Format, image.MediaType));
        Assert.Equal(name == "palette.ico" ? 32 : 64, image.Width);
        Assert.InRange(FormatFiles.DifferenceFromScene(image), 0, name == "palette.ico" ? 20 : 8);
    }
}
