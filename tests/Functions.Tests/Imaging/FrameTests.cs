using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Imaging;

public sealed class FrameTests
{
    [Theory]
    [
        InlineData("scene.png", 1),
        InlineData("three.gif", 3),
        InlineData("three.webp", 3),
        InlineData("three.avif", 3),
        InlineData("disposal-none.png", 3)
    ]
    [
        InlineData("pages.tif", 3),
        InlineData("picture-below-preview.tif", 1),
        InlineData("preview-unmarked.tif", 1),
        InlineData("sizes.ico", 3),
        InlineData("preview.dng", 1)
    ]
    public void Frames_and_pages_are_counted_and_previews_are_not(string name, int frames)
    {
        var image = FormatFiles.Checked(name);

        Assert.Equal((frames, true), (image.Frames, image.FramesReadable));
        Assert.Equal(frames, image.AllFrames().Count());
    }

    [Theory]
    [
        InlineData("three.gif"),
        InlineData("three.webp"),
        InlineData("three.avif"),
        InlineData("pages.tif"),
        InlineData("disposal-none.png"),
        InlineData("sizes.ico")
    ]
    public void A_frame_alone_is_what_it_is_among_all(string name)
    {
        var image = FormatFiles.Checked(name);
        var all = image.AllFrames().ToList();

        Assert.All(all.Index(), frame => Assert.Equal(frame.Item.Rgb, image.Frame(frame.Index).Rgb));
        Assert.All(all, frame => Assert.True(frame.IsFullSize));
        Assert.Equal(image.Pixels(ImageDecoding.All).Rgb, all[0].Rgb);
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Frame(all.Count));
    }

    [Theory]
    [InlineData("three.gif"), InlineData("three.webp"), InlineData("three.avif")]
    public void Frames_come_in_their_order(string name)
    {
        var frames = FormatFiles.Checked(name).AllFrames().ToList();

        Assert.InRange(Difference(frames[0], frames[2]), 0, 8); // GIF: another palette
        Assert.InRange(Difference(frames[0], frames[1]), 20, 255);
        Assert.InRange(Difference(frames[0], Turned(frames[1])), 0, 8);
    }

    [Theory]
    [InlineData("none"), InlineData("background"), InlineData("previous")]
    public void Frames_of_an_animated_PNG_are_composed_as_a_viewer_does(string disposal)
    {
        var frames = FormatFiles.Checked($"disposal-{disposal}.png").AllFrames().ToList();
        var (before, blended, last) = (
            FormatFiles.At(frames[0], 30, 28),
            FormatFiles.At(frames[1], 30, 28),
            FormatFiles.At(frames[2], 30, 28)
        );

        // A half transparent red disc is drawn over the scene, then taken away, or all below it is, or it stays.
        Assert.All(
            blended.Zip(before, (now, was) => now - was).Zip([200, 30, 30], (step, ink) => (step, ink)).Zip(before),
            item => Assert.InRange(item.First.step, ((item.First.ink - item.Second) / 2) - 2, ((item.First.ink - item.Second) / 2) + 2)
        );
        Assert.Equal(
            disposal switch
            {
                "none" => blended,
                "previous" => before,
                _ => [255, 255, 255],
            },
            last
        );
        Assert.Equal([20, 40, 200], FormatFiles.At(frames[2], 70, 50));
    }

    [Fact]
    public void The_frames_of_a_GIF_are_those_of_an_animated_PNG_with_the_same_frames()
    {
        var (gif, png) = (FormatFiles.Checked("three.gif").AllFrames().ToList(), FormatFiles.Checked("three.webp").AllFrames().ToList());

        Assert.All(gif.Zip(png), pair => Assert.InRange(Difference(pair.First, pair.Second), 0, 6));
    }

    [Fact]
    public void A_small_page_that_shows_something_else_is_a_page() =>
        Assert.Equal((48, 32), FormatFiles.Checked("pages.tif").AllFrames().Select(page => (page.Width, page.Height)).Last());

    [Fact]
    public void Pages_beyond_the_limit_are_counted_and_not_read()
    {
        var reader = new ImageReader(Microsoft.Extensions.Options.Options.Create(new ImageLimits { MaxAnimationPixels = 10_000 }));
        var image = reader.Check(FormatFiles.Bytes("pages.tif")).Image!;

        Assert.Equal((3, false), (image.Frames, image.FramesReadable));
        Assert.Single(image.AllFrames());
        Assert.Throws<ArgumentOutOfRangeException>(() => image.Frame(1));
    }

    [Theory]
    [InlineData("three.gif"), InlineData("three.webp"), InlineData("three.avif"), InlineData("disposal-none.png")]
    public void Every_animation_is_held_against_the_limit(string name) =>
        Assert.Contains(
            "in 3 frames, more than the limit of 0.01 megapixels for an animation",
            Pictures.Refused(FormatFiles.Bytes(name), new ImageLimits { MaxAnimationPixels = 10_000 }),
            StringComparison.Ordinal
        );

    private static double Difference(Pixels a, Pixels b) => a.Rgb.Zip(b.Rgb, (x, y) => Math.Abs(x - y)).Average();

    private static Pixels Turned(Pixels pixels)
    {
        using var image = Image.NewFromMemory(pixels.Rgb, pixels.Width, pixels.Height, 3, Enums.BandFormat.Uchar);
        using var turned = image.Rot180();
        return pixels with { Rgb = turned.WriteToMemory<byte>() };
    }
}
