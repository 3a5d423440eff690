using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public class ImageFaultTests
{
    public static TheoryData<string> EveryFormat =>
        [
            "scene.jpg",
            "progressive.jpg",
            "cmyk.jpg",
            "scene.png",
            "interlaced.png",
            "palette.png",
            "sixteen-bit.png",
            "scene.webp",
            "alpha-lossless.webp",
            "animated.webp",
            "scene.gif",
            "animated.gif",
            "scene.tif",
            "scene.bmp",
            "scene.avif",
            "scene.heic",
        ];

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void A_file_that_is_cut_short_is_refused_wherever_the_cut_is(string name)
    {
        var bytes = Pictures.Bytes(name);
        foreach (var share in (double[])[0.05, 0.3, 0.5, 0.8, 0.95, 0.99])
        {
            Assert.Contains("cut short", Pictures.Refused(bytes[..(int)(bytes.Length * share)]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(EveryFormat))]
    public void Flipped_bytes_never_do_worse_than_a_refusal(string name)
    {
        var bytes = Pictures.Bytes(name);
        var random = new Random(bytes.Length);
        for (var round = 0; round < 25; round++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var i = 0; i < 8; i++)
            {
                damaged[random.Next(12, damaged.Length)] ^= (byte)random.Next(1, 256);
            }

            var check = Pictures.Reader.Check(damaged);
            Assert.True(check.Image is null != check.Reason is null);
        }
    }

    [Fact]
    public void An_empty_file_is_refused() => Assert.Equal("The file is empty.", Pictures.Refused([]));

    [Theory]
    [InlineData("just some text, long enough to be anything at all")]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'><svg xmlns='http://www.w3.org/2000/svg'/></html>")]
    [InlineData("PDF-1.7 1 0 obj << /Type /Catalog >> endobj")]
    [InlineData("push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'https://example.com/'\npop graphic-context")]
    [InlineData("P6 2 2 255 aaaaaaaaaaaa")]
    public void What_is_no_image_of_a_supported_format_is_refused(string text) =>
        Assert.Equal(
            "The file is not an image of a supported format (JPEG, PNG, WebP, GIF, TIFF, BMP, AVIF, HEIC, ICO, PDF, SVG, camera raw).",
            Pictures.Refused(System.Text.Encoding.ASCII.GetBytes(text))
        );

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xD8, 0xFF, 0xE0 })]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A })]
    [InlineData(new byte[] { 0x47, 0x49, 0x46, 0x38, 0x39, 0x61 })]
    [InlineData(new byte[] { 0x49, 0x49, 0x2A, 0x00 })]
    [InlineData(new byte[] { 0x52, 0x49, 0x46, 0x46, 0, 0, 0, 0, 0x57, 0x45, 0x42, 0x50 })]
    [InlineData(new byte[] { 0, 0, 0, 16, 0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69, 0x63, 0, 0, 0, 0 })]
    public void A_signature_alone_is_no_image(byte[] bytes) =>
        Assert.Contains("cut short", Pictures.Refused(bytes), StringComparison.Ordinal);

    [Fact]
    public void A_file_above_the_limit_of_bytes_is_refused()
    {
        var bytes = Pictures.Bytes("scene.png");

        Assert.Equal(
            $"The file has {bytes.Length} bytes, more than the limit of 1000 (Limits:MaxBytes).",
            Pictures.Refused(bytes, new ImageLimits { MaxBytes = 1000 })
        );
    }

    [Fact]
    public void A_small_file_that_claims_a_huge_picture_is_refused_before_it_is_decoded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The decoder's memory is read from /proc.");
        using var decoders = new Decoders.OwnDecoders();
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.png")).Image);
        var bytes = PngFile.Black(40_000, 40_000);
        var before = (App: GC.GetAllocatedBytesForCurrentThread(), Decoder: decoders.PeakMemory());
        var reason = decoders.Reader.Check(bytes).Reason;

        Assert.Equal("The image has 40000 x 40000 pixels, more than the limit of 100 megapixels (Limits:MaxPixels).", reason);
        // What this very thread allocates, which others beside it do not change, and what the decoder has in use at its height.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before.App, 0, 1_000_000);
        Assert.InRange(decoders.PeakMemory() - before.Decoder, 0, 20);
    }

    [Fact]
    public void The_limit_of_pixels_holds_for_every_decoder()
    {
        foreach (var name in EveryFormat)
        {
            Assert.Contains(
                "Limits:MaxPixels",
                Pictures.Refused(Pictures.Bytes(name.Data), new ImageLimits { MaxPixels = 10_000 }),
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("animated.gif")]
    [InlineData("animated.webp")]
    public void An_animation_counts_all_its_frames(string name) =>
        Assert.Equal(
            "The image has 192 x 128 pixels in 3 frames, more than the limit of 0.05 megapixels for an animation "
                + "(Limits:MaxAnimationPixels).",
            Pictures.Refused(Pictures.Bytes(name), new ImageLimits { MaxAnimationPixels = 50_000 })
        );

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(100_000, 1)]
    [InlineData(1, 1)]
    public void The_thinnest_strips_are_still_pictures(int width, int height)
    {
        var image = Pictures.Accepted(PngFile.Black(width, height));

        Assert.Equal((width, height), (image.Width, image.Height));
        Assert.Equal(128 * 128, Pictures.Reader.Fingerprint(image).Luma.Length);
        Assert.NotEmpty(Pictures.Reader.Thumbnail(image, 256));
    }

    [Fact]
    public void A_longer_strip_is_refused() =>
        Assert.Equal(
            "The image has 1 x 100001 pixels: a side is longer than the limit of 100000 (Limits:MaxSide).",
            Pictures.Refused(PngFile.Black(1, 100_001))
        );

    [Fact]
    public void A_GIF_without_a_picture_is_refused() =>
        Assert.Contains("cut short", Pictures.Refused("GIF89a\x10\0\x10\0\0\0\0;"u8.ToArray()), StringComparison.Ordinal);

    [Fact]
    public async Task A_bad_file_does_not_disturb_those_read_at_the_same_time()
    {
        var good = Pictures.Bytes("scene.jpg");
        var bad = good[..(good.Length / 2)];
        var checks = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(i => Task.Run(() => Pictures.Reader.Check(i % 2 == 0 ? good : bad)))
        );

        Assert.All(checks.Index(), check => Assert.Equal(check.Index % 2 == 0, check.Item.Image is not null));
    }
}
