using Serverless.Duplicates;
using Serverless.Imaging;
using Serverless.Ledger;
using Serverless.Storage;

namespace Functions.Tests.Duplicates;

public sealed class BetterCopyTests
{
    [Fact]
    public void More_points_are_better_and_a_tenth_more_is_what_counts()
    {
        Assert.True(BetterCopy.Is(Image(1600, 1200), Image(800, 600), Whole));
        Assert.False(BetterCopy.Is(Image(800, 600), Image(1600, 1200), Whole));
        Assert.False(BetterCopy.Is(Image(810, 608), Image(800, 600), Whole));
    }

    [Fact]
    public void A_frame_adds_points_and_is_not_better() =>
        Assert.False(BetterCopy.Is(Image(1000, 800), Image(800, 600), Laid(scaleX: 0.8, scaleY: 0.75)));

    [Fact]
    public void A_crop_of_a_much_larger_picture_is_better_than_the_small_whole() =>
        Assert.True(BetterCopy.Is(Image(3000, 2200), Image(800, 600), Laid(scaleX: 0.9, scaleY: 0.9)));

    [Fact]
    public void Where_one_is_marked_neither_is_better() =>
        Assert.False(BetterCopy.Is(Image(1600, 1200), Image(800, 600), Laid(added: 0.02)));

    [Fact]
    public void Of_the_same_size_the_less_compressed_is_better()
    {
        Assert.True(BetterCopy.Is(Image(bytes: 200_000), Image(bytes: 100_000), Whole));
        Assert.False(BetterCopy.Is(Image(bytes: 110_000), Image(bytes: 100_000), Whole));
        Assert.True(BetterCopy.Is(Image(format: ImageFormat.Png), Image(bytes: 900_000), Whole));
        Assert.False(BetterCopy.Is(Image(format: ImageFormat.WebP, bytes: 900_000), Image(), Whole));
        Assert.False(BetterCopy.Is(Image(format: ImageFormat.Png, bytes: 900_000), Image(format: ImageFormat.Png), Whole));
    }

    [Fact]
    public void The_same_bytes_are_as_good_as_each_other() =>
        Assert.False(BetterCopy.Is(Image(1600, 1200) with { Sha256 = "same" }, Image() with { Sha256 = "same" }, Whole));

    [Fact]
    public void No_two_are_better_than_each_other_and_no_three_in_a_circle()
    {
        var images = (
            from width in new[] { 100, 200, 400 }
            from height in new[] { 100, 200 }
            from format in new[] { ImageFormat.Jpeg, ImageFormat.WebP, ImageFormat.Png }
            from bytes in new[] { 10_000, 20_000 }
            select Image(width, height, format, bytes)).ToList();
        var better = (
            from a in images
            from b in images
            where new[] { 1, 0.9, 0.75 }.Any(scale => BetterCopy.Is(a, b, Laid(scale, scale)))
            select (a, b)).ToLookup(pair => pair.a, pair => pair.b);
        Assert.True(better.Count > 10);
        foreach (var a in images)
        {
            Assert.All(better[a], b => Assert.DoesNotContain(a, better[b]));
            Assert.All(better[a].SelectMany(b => better[b]), c => Assert.DoesNotContain(a, better[c]));
        }
    }

    private static Evidence Whole { get; } = Laid();

    private static Evidence Laid(double scaleX = 1, double scaleY = 1, double added = 0) =>
        new("vectorAndPixels", "", 0.99, 0.9, 0, new Alignment(1, 1, 0, 0, added, 0, scaleX, scaleY, 0, 0), "test");

    private static ImageRecord Image(int width = 800, int height = 600, ImageFormat format = ImageFormat.Jpeg, long bytes = 100_000) => new()
    {
        Path = new ImagePath("images", "a"),
        State = ImageState.Indexed,
        BlobETag = "1",
        Sha256 = Guid.NewGuid().ToString("N"),
        Width = width,
        Height = height,
        Format = format,
        Bytes = bytes,
    };
}
