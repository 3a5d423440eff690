using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Functions.Tests.Imaging;
using Serverless.Embeddings;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Embeddings;

public class ImagePreprocessorTests
{
    private static readonly PreprocessorConfig Clip = new(new ImageSize(0, 0, 224), Resample.Bicubic, (224, 224), 1, null, null);
    private static readonly PreprocessorConfig Siglip = new(new ImageSize(256, 256, null), Resample.Bicubic, null, 1, null, null);

    public static TheoryData<string, string, string> Pipelines()
    {
        var data = new TheoryData<string, string, string>();
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "pipelines.json")));
        foreach (var item in json.RootElement.EnumerateArray())
        {
            data.Add(item.GetProperty("name").GetString()!, item.GetProperty("clip").GetString()!, item.GetProperty("siglip").GetString()!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Pipelines))]
    public void Exact_preprocessing_equals_the_reference_bit_for_bit_from_the_file_on(string name, string clip, string siglip)
    {
        var image = Pictures.Checked(name);

        Assert.Equal(clip, Convert.ToHexStringLower(SHA256.HashData(Bytes(Run(Clip, 224, image, exact: true), 224))));
        Assert.Equal(siglip, Convert.ToHexStringLower(SHA256.HashData(Bytes(Run(Siglip, 256, image, exact: true), 256))));
    }

    [Fact]
    public void Fast_preprocessing_differs_by_less_than_half_a_step_on_average()
    {
        using var large =
            NetVips.Image.Perlin(2801, 1871, cellSize: 64, seed: 3) * 100
            + NetVips.Image.Gaussnoise(2801, 1871, sigma: 4, mean: 128, seed: 4);
        using var grey = large.Cast(NetVips.Enums.BandFormat.Uchar);
        using var colour = grey.Bandjoin(grey.Flip(NetVips.Enums.Direction.Horizontal), grey.Invert())
            .Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
        foreach (var bytes in new[] { colour.JpegsaveBuffer(q: 88), colour.PngsaveBuffer(compression: 1) })
        {
            var image = Pictures.Accepted(bytes);
            var exact = Run(Clip, 224, image, exact: true);
            var fast = Run(Clip, 224, image, exact: false);
            Assert.NotEqual(exact, fast);
            var difference = exact.Zip(fast, (a, b) => Math.Abs(a - b)).Average();
            Assert.True(difference < 0.5, $"{image.Format}: {difference}");
        }
    }

    [Fact]
    public void A_picture_smaller_than_the_crop_is_set_into_black()
    {
        var config = new PreprocessorConfig(null, Resample.Bicubic, (224, 200), 1, null, null);
        var pixels = new float[3 * 224 * 200];
        new ImagePreprocessor(config, 224, 200, exact: true).Fill(Pictures.Checked("scene.png"), pixels);

        Assert.Equal(0, pixels[0]);
        Assert.Equal(Pictures.Checked("scene.png").Pixels(ImageDecoding.All).Rgb[0], pixels[(36 * 224) + 16]);
    }

    [Fact]
    public void Rescaling_and_normalising_follow_the_reference_in_single_precision()
    {
        var config = new PreprocessorConfig(
            new ImageSize(8, 8, null),
            Resample.Nearest,
            null,
            1 / 255.0,
            [0.48145466f, 0.4578275f, 0.40821073f],
            [0.26862954f, 0.26130258f, 0.27577711f]
        );
        var pixels = new float[3 * 64];
        new ImagePreprocessor(config, 8, 8, exact: true).Fill(
            new Pixels([.. Enumerable.Repeat((byte)200, 192)], 8, 8, new Extent(0, 0, 8, 8), 8, 8),
            pixels
        );

        Assert.Equal(((float)(200 * (1 / 255.0)) - 0.48145466f) / 0.26862954f, pixels[0]);
        Assert.Equal(((float)(200 * (1 / 255.0)) - 0.40821073f) / 0.27577711f, pixels[191]);
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(100_000, 1)]
    public void The_thinnest_strips_cost_no_more_than_their_crop(int width, int height)
    {
        var strip = new Pixels(new byte[3 * width * height], width, height, new Extent(0, 0, width, height), width, height);
        var before = GC.GetAllocatedBytesForCurrentThread();

        new ImagePreprocessor(Clip, 224, 224, exact: false).Fill(strip, new float[3 * 224 * 224]);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
    }

    private static float[] Run(PreprocessorConfig config, int side, CheckedImage image, bool exact)
    {
        var pixels = new float[3 * side * side];
        new ImagePreprocessor(config, side, side, exact).Fill(image, pixels);
        return pixels;
    }

    /// <summary>Planes back to interleaved bytes.</summary>
    private static byte[] Bytes(float[] planes, int side) =>
        [.. Enumerable.Range(0, side * side * 3).Select(i => (byte)planes[(i % 3 * side * side) + (i / 3)])];

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../Fixtures/reference");
}
