using System.Text.Json;
using Local.Calibration;
using NetVips;
using Serverless.Images;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Nothing is moved on a small picture: the originals say what a copy is, and which of two shows more.</summary>
public sealed class OriginalsTests(OriginalsTests.Shared shared) : IClassFixture<OriginalsTests.Shared>
{
    private readonly Cluster cluster = shared.Cluster;

    [Fact]
    public async Task A_smaller_copy_is_moved_and_a_larger_one_that_comes_later_is_not()
    {
        var photo = Picture.Photo("butterfly");
        await cluster.TakeInAsync("size/middle.jpg", photo.Resized(0.6).Jpeg(90));
        Assert.Equal(("quarantined", "copy", "vectorAndPixels"), await TakeInAsync("size/small.jpg", photo.Resized(0.4).Jpeg(90)));
        Assert.Equal(("indexed", "lookAlike", "betterCopy"), await TakeInAsync("size/large.jpg", photo.Jpeg(90)));
        Assert.Equal(
            ("quarantined", "copy", "vectorAndPixels"),
            await TakeInAsync("size/enlarged.jpg", photo.Resized(0.4).Resized(2).Jpeg(90))
        );
    }

    [Fact]
    public async Task A_crop_is_a_copy_of_the_whole_and_the_whole_none_of_its_crop()
    {
        var photo = Picture.Photo("fruits");
        await cluster.TakeInAsync("crop/part.jpg", photo.Cropped(0.04).Jpeg(90));
        Assert.Equal(("indexed", "lookAlike", "betterCopy"), await TakeInAsync("crop/whole.jpg", photo.Jpeg(90)));
        Assert.Equal(("quarantined", "copy", "vectorAndPixels"), await TakeInAsync("crop/other-part.jpg", photo.Cropped(0.03).Jpeg(80)));
    }

    [Fact]
    public async Task A_mark_on_a_photograph_makes_a_look_alike()
    {
        using var photo = Image.NewFromFile(Picture.PhotoFile("home"));
        await cluster.TakeInAsync("mark/photo.jpg", Picture.Photo("home").Jpeg(90));
        var marked = CopyTransforms.All.Single(transform => transform.Name == "watermark").Apply(photo, new Random(1));
        var (status, verdict, rule) = await TakeInAsync("mark/marked.jpg", marked);
        Assert.Equal(("indexed", "lookAlike"), (status, verdict));
        Assert.True(rule is "overlay" or "detailsDiffer", rule);
        var record = (await cluster.FindAsync("mark/marked.jpg"))!.Value;
        Assert.NotEmpty(record.GetProperty("evidence").GetProperty("differences").EnumerateArray());
    }

    [Fact]
    public async Task An_animation_and_its_first_frame_are_two_pictures_and_so_are_two_animations_that_begin_alike()
    {
        var (first, second, third) = (Picture.Scene(8301), Picture.Scene(8302), Picture.Scene(8303));
        await cluster.TakeInAsync("frames/animation.webp", Animation(first, second));
        Assert.Equal(("indexed", "lookAlike", "framesDiffer"), await TakeInAsync("frames/still.png", first.Png()));
        var (status, verdict, rule) = await TakeInAsync("frames/other.webp", Animation(first, third));
        Assert.Equal(("indexed", "lookAlike"), (status, verdict));
        Assert.True(rule is "detailsDiffer" or "notConfirmed", rule);
        Assert.Equal(
            ("quarantined", "copy", "vectorAndPixels"),
            await TakeInAsync("frames/again.webp", Animation(first, second, quality: 80))
        );
    }

    [Fact]
    public async Task What_resembles_an_image_that_was_replaced_unseen_is_not_moved_because_of_it()
    {
        var scene = Picture.Scene(8310, 640, 480);
        await cluster.TakeInAsync("replaced/kept.jpg", scene.Jpeg(90));
        await cluster.UploadAsync("replaced/kept.jpg", Picture.Scene(8311).Jpeg());
        Assert.Equal(("indexed", "lookAlike", "originalUnreadable"), await TakeInAsync("replaced/copy.jpg", scene.Jpeg(60)));
        Assert.True(await cluster.IngestAsync("replaced/kept.jpg"), cluster.Output);
    }

    [Fact]
    public async Task A_comparison_has_no_order()
    {
        var photo = Picture.Photo("orange");
        var (small, large) = (photo.Resized(0.5).Jpeg(90), photo.Jpeg(90));
        foreach (var (a, b) in new[] { (small, large), (large, small) })
        {
            Assert.Equal("copy", (await CompareAsync(a, b)).GetProperty("verdict").GetString());
        }

        var differs = await CompareAsync(photo.WithDisc(0.5, 0.3, 0.02).Jpeg(90), large);
        Assert.Equal(
            ("lookAlike", "detailsDiffer"),
            (differs.GetProperty("verdict").GetString(), differs.GetProperty("evidence").GetProperty("rule").GetString())
        );
        var place = differs.GetProperty("evidence").GetProperty("differences")[0];
        Assert.InRange(place.GetProperty("leftA").GetDouble() + (place.GetProperty("widthA").GetDouble() / 2), 0.48, 0.52);
    }

    private async Task<(string? Status, string? Verdict, string? Rule)> TakeInAsync(string name, byte[] bytes)
    {
        await cluster.TakeInAsync(name, bytes);
        var record = (await cluster.FindAsync(name))!.Value;
        return (
            record.GetProperty("status").GetString(),
            record.GetProperty("verdict").GetString(),
            record.GetProperty("evidence").GetProperty("rule").GetString()
        );
    }

    private async Task<JsonElement> CompareAsync(byte[] a, byte[] b)
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(a), "a", "a.jpg" },
            { new ByteArrayContent(b), "b", "b.jpg" },
        };
        using var response = await cluster.Apps[0].Http.PostAsync("/api/compare", form);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static byte[] Animation(Picture first, Picture second, int quality = 95)
    {
        using var top = Image.NewFromBuffer(first.Png());
        using var bottom = Image.NewFromBuffer(second.Png());
        using var strip = top.Join(bottom, Enums.Direction.Vertical);
        using var frames = strip.Mutate(image => image.Set(GValue.GIntType, "page-height", top.Height));
        return frames.WebpsaveBuffer(q: quality);
    }

    public sealed class Shared : IAsyncLifetime
    {
        internal Cluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await Cluster.StartAsync(apps: 1);

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
