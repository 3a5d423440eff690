using System.Runtime.CompilerServices;
using Functions.Tests.Hostile;
using Functions.Tests.Imaging.Decoders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Imaging;

namespace Functions.Tests.Imaging.Managed;

/// <summary>A second opinion: what managed code makes of every fixture, held against what native code does.</summary>
public sealed class ManagedDecoderTests : IDisposable
{
    /// <summary>
    /// Mean difference of the channels, 0..255, of the pixels that are compared: chroma is enlarged and JPEGs are shrunk in other ways.
    /// </summary>
    private const double MostDifference = 3.0;

    /// <summary>One number of bits for three samples, which libvips takes for all of them.</summary>
    private static readonly string[] Stricter = ["preview-rgb.dng"];

    private const string Unread = "cannot be read with Imaging:Decoder=imagesharp, only with libvips.";

    private readonly OwnDecoders decoders = new(library: DecoderLibrary.ImageSharp);

    [Fact]
    public void Both_libraries_show_the_same_picture_or_refuse_the_same_file()
    {
        var (same, unread) = (0, 0);
        Assert.Multiple([.. Files().Select(file => (Action)(() => Compare(file)))]);
        Assert.True(same > 100 && unread < same, $"{same} files were the same, {unread} were left to libvips.");

        void Compare(string file)
        {
            var bytes = File.ReadAllBytes(file);
            var (native, managed) = (Pictures.Reader.Check(bytes), decoders.Reader.Check(bytes));
            if (managed.Reason?.EndsWith(Unread, StringComparison.Ordinal) == true || Stricter.Contains(Path.GetFileName(file)))
            {
                unread++;
                return;
            }

            Assert.True(
                native.Image is null == managed.Image is null,
                $"{file}: {native.Reason ?? "accepted"}; with managed code: {managed.Reason ?? "accepted"}"
            );
            if (native.Image is { } a && managed.Image is { } b)
            {
                Assert.Equal((a.Width, a.Height, a.Frames), (b.Width, b.Height, b.Frames));
                var difference = b.FramesReadable ? a.AllFrames().Zip(b.AllFrames(), Difference).Max() : Difference(a.Frame(0), b.Frame(0));
                Assert.True(difference <= MostDifference, $"{file}: {difference:0.00}");
                Assert.True(Pictures.Difference(a, b) <= MostDifference, $"{file}: {Pictures.Difference(a, b):0.00} in the fingerprint");
            }

            same++;
        }
    }

    [Theory]
    [InlineData("scene.jpg"), InlineData("alpha.png"), InlineData("exif-6.jpg")]
    public void A_thumbnail_is_a_small_WebP_of_the_same_picture(string name)
    {
        var image = Accepted(Pictures.Bytes(name));
        var small = Accepted(decoders.Reader.Thumbnail(image, 96));

        Assert.Equal((ImageFormat.Webp, 96), (small.Format, Math.Max(small.Width, small.Height)));
        Assert.InRange(Pictures.Difference(image, small), 0, 4);
    }

    [Theory]
    [
        InlineData("scene.heic", "HEIC images"),
        InlineData("scene.avif", "AVIF images"),
        InlineData("cmyk.jpg", "JPEG images in CMYK"),
        InlineData("animated.webp", "Animated WebP images")
    ]
    public void What_it_lacks_is_refused_by_name(string name, string what) =>
        Assert.Equal($"{what} {Unread}", decoders.Reader.Check(Pictures.Bytes(name)).Reason);

    [Theory]
    [InlineData("cairo.pdf", "PDF images"), InlineData("plan.svg", "SVG images"), InlineData("plan.svgz", "SVG images")]
    public void A_drawing_is_refused_by_name(string name, string what) =>
        Assert.Equal($"{what} {Unread}", decoders.Reader.Check(SheetFixture.Bytes(name)).Reason);

    [Fact]
    public void No_native_decoder_is_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Loaded libraries are read from /proc.");
        _ = decoders.Reader.Thumbnail(Accepted(Pictures.Bytes("scene.png")), 64);
        _ = Accepted(Pictures.Bytes("animated.gif")).AllFrames().Count();

        var maps = string.Concat(decoders.Pool.Idle.Select(child => File.ReadAllText($"/proc/{child.Id}/maps")));
        Assert.Contains("ImageSharp", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("libvips", maps, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Magick", maps, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [
        InlineData("strip.tif"),
        InlineData("channels.tif"),
        InlineData("run-length.bmp"),
        InlineData("frames.png"),
        InlineData("frames.gif"),
        InlineData("scans.jpg"),
        InlineData("pages.tif"),
        InlineData("texts-deflated.png")
    ]
    public void The_limits_hold_for_it_as_well(string name)
    {
        var check = decoders.Reader.Check(Bombs.All[name]());
        Assert.DoesNotContain("crashed", check.Reason ?? "", StringComparison.Ordinal);
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.png")).Image);
    }

    [Fact]
    public void It_is_chosen_by_a_setting()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Imaging:Decoder", "imagesharp")]).Build();
        using var services = new ServiceCollection().AddImaging(settings).BuildServiceProvider();

        Assert.Equal(DecoderLibrary.ImageSharp, services.GetRequiredService<IOptions<ImagingOptions>>().Value.Decoder);
        var reason = services.GetRequiredService<ImageReader>().Check(Pictures.Bytes("scene.heic")).Reason;
        Assert.Equal($"HEIC images {Unread}", reason);
    }

    public void Dispose() => decoders.Dispose();

    private CheckedImage Accepted(byte[] bytes)
    {
        var check = decoders.Reader.Check(bytes);
        Assert.Null(check.Reason);
        return check.Image!;
    }

    private static double Difference(Pixels a, Pixels b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return a.Rgb.Zip(b.Rgb, (x, y) => Math.Abs(x - y)).Average();
    }

    private static IEnumerable<string> Files([CallerFilePath] string here = "")
    {
        var fixtures = Path.Combine(Path.GetDirectoryName(here)!, "../../../Fixtures");
        return new[] { "images", "formats", "frames", "cases", "photos" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(fixtures, folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is not (".md" or ".tsv" or ".txt" or ".json" or ".cjs"));
    }
}
