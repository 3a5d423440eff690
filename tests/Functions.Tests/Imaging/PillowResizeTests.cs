using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public class PillowResizeTests
{
    public static TheoryData<int, int, int, string> Reference()
    {
        var data = new TheoryData<int, int, int, string>();
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "pillow.json")));
        foreach (var item in json.RootElement.EnumerateArray())
        {
            data.Add(
                item.GetProperty("width").GetInt32(),
                item.GetProperty("height").GetInt32(),
                item.GetProperty("resample").GetInt32(),
                item.GetProperty("sha256").GetString()!
            );
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Reference))]
    public void Every_filter_equals_Pillow_bit_for_bit(int width, int height, int resample, string sha256)
    {
        var result = PillowResize.Resize(Full("scene.png"), new ResizeWindow(width, height, 0, 0, width, height), (Resample)resample);

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(result)));
    }

    [Theory]
    [InlineData((int)Resample.Bicubic)]
    [InlineData((int)Resample.Bilinear)]
    [InlineData((int)Resample.Nearest)]
    public void A_window_equals_the_same_part_of_the_whole(int filter)
    {
        var pixels = Full("scene.png");
        var whole = PillowResize.Resize(pixels, new ResizeWindow(150, 100, 0, 0, 150, 100), (Resample)filter);
        var window = PillowResize.Resize(pixels, new ResizeWindow(150, 100, 31, 17, 80, 60), (Resample)filter);

        for (var y = 0; y < 60; y++)
        {
            Assert.Equal(whole.AsSpan((((y + 17) * 150) + 31) * 3, 80 * 3), window.AsSpan(y * 80 * 3, 80 * 3));
        }
    }

    [Theory]
    [InlineData((int)Resample.Bicubic)]
    [InlineData((int)Resample.Bilinear)]
    [InlineData((int)Resample.Lanczos)]
    public void Fixed_point_stays_close_to_real_numbers(int filter)
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var pixels = Noise(random, random.Next(1, 90), random.Next(1, 90));
            var (width, height) = (random.Next(1, 120), random.Next(1, 120));
            var fast = PillowResize.Resize(pixels, new ResizeWindow(width, height, 0, 0, width, height), (Resample)filter);
            var naive = NaiveResize.Resize(pixels.Rgb, pixels.Width, pixels.Height, width, height, (Resample)filter);

            // One step for each pass where the exact value lies halfway between two.
            Assert.InRange(fast.Zip(naive, (a, b) => Math.Abs(a - b)).Max(), 0, 2);
            Assert.InRange(fast.Zip(naive, (a, b) => Math.Abs(a - b)).Average(), 0, 0.05);
        }
    }

    [Fact]
    public void Shrinking_while_decoding_stays_within_half_a_step_of_the_full_decode()
    {
        var bytes = Pictures.Bytes("large-1201x803.jpg");
        var full = ImageDecoder.Decode(bytes, ImageFormat.Jpeg, ImageDecoding.All);
        var shrunk = ImageDecoder.Decode(bytes, ImageFormat.Jpeg, 2 * 149);
        var window = new ResizeWindow(224, 149, 0, 0, 224, 149);

        Assert.True(shrunk.Width < full.Width);
        Assert.InRange(
            PillowResize
                .Resize(full, window, Resample.Bicubic)
                .Zip(PillowResize.Resize(shrunk, window, Resample.Bicubic), (a, b) => Math.Abs(a - b))
                .Average(),
            0,
            0.5
        );
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6), InlineData(7), InlineData(8)]
    public void A_shrunk_picture_covers_the_same_box_in_every_orientation(int orientation)
    {
        var bytes = Turned(orientation);
        var window = new ResizeWindow(60, 40, 0, 0, 60, 40);
        var full = PillowResize.Resize(ImageDecoder.Decode(bytes, ImageFormat.Jpeg, ImageDecoding.All), window, Resample.Bilinear);
        var shrunk = PillowResize.Resize(ImageDecoder.Decode(bytes, ImageFormat.Jpeg, 100), window, Resample.Bilinear);

        Assert.InRange(full.Zip(shrunk, (a, b) => Math.Abs(a - b)).Average(), 0, 0.5);
    }

    private static Pixels Full(string name) => Pictures.Checked(name).Pixels(ImageDecoding.All);

    private static byte[] Turned(int orientation)
    {
        using var image = NetVips.Image.NewFromBuffer(Pictures.Bytes("large-1201x803.jpg"));
        using var tagged = image.Mutate(mutable => mutable.Set(NetVips.GValue.GIntType, "orientation", orientation));
        return tagged.JpegsaveBuffer(q: 90);
    }

    private static Pixels Noise(Random random, int width, int height)
    {
        var rgb = new byte[width * height * 3];
        random.NextBytes(rgb);
        return new Pixels(rgb, width, height, new Extent(0, 0, width, height), width, height);
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../Fixtures/reference");
}
