using NetVips;

namespace Functions.Tests.Imaging;

public sealed class GroundTests
{
    [Theory]
    [InlineData(255), InlineData(245)]
    public void A_light_drawing_on_nothing_is_not_blank(int level)
    {
        var image = Pictures.Accepted(Drawing(level, 40));

        Assert.InRange(Pictures.Reader.Fingerprint(image).Texture, 20, 128);
        Assert.NotEqual(255, FormatFiles.At(image.Pixels(1), 0, 0)[0]);
    }

    [Theory]
    [InlineData(0), InlineData(128), InlineData(200)]
    public void A_drawing_that_can_be_seen_on_white_is_on_white(int level) =>
        Assert.Equal([255, 255, 255], FormatFiles.At(Pictures.Accepted(Drawing(level, 40)).Pixels(1), 0, 0));

    [Fact]
    public void Two_white_drawings_are_told_apart() =>
        Assert.InRange(Pictures.Difference(Pictures.Accepted(Drawing(255, 40)), Pictures.Accepted(Drawing(255, 15))), 10, 255);

    [Fact]
    public void The_ground_is_the_same_in_every_format_and_size()
    {
        using var drawing = Image.NewFromBuffer(Drawing(255, 40));
        using var small = drawing.ThumbnailImage(90);
        byte[][] copies =
        [
            drawing.WebpsaveBuffer(q: 60),
            drawing.WebpsaveBuffer(lossless: true),
            drawing.GifsaveBuffer(),
            drawing.TiffsaveBuffer(),
            drawing.HeifsaveBuffer(q: 60, compression: Enums.ForeignHeifCompression.Av1),
            small.PngsaveBuffer(),
            small.WebpsaveBuffer(),
        ];
        Assert.All(copies, copy => Assert.InRange(Pictures.Difference(Pictures.Accepted(Drawing(255, 40)), Pictures.Accepted(copy)), 0, 3));
    }

    [Fact]
    public void A_thumbnail_of_a_white_drawing_brings_its_ground()
    {
        using var thumbnail = Image.NewFromBuffer(Pictures.Reader.Thumbnail(Pictures.Accepted(Drawing(255, 40)), 64));

        Assert.False(thumbnail.HasAlpha());
        Assert.InRange(thumbnail.Getpoint(1, 1)[0], 100, 150);
    }

    [Fact]
    public void A_picture_without_anything_in_it_is_white()
    {
        using var nothing = Image.Black(50, 40, bands: 4).Copy(interpretation: Enums.Interpretation.Srgb);

        Assert.Equal(0, Pictures.Reader.Fingerprint(Pictures.Accepted(nothing.PngsaveBuffer())).Texture);
    }

    /// <summary>A disc of one grey on nothing.</summary>
    private static byte[] Drawing(int level, int radius)
    {
        using var disc = Image.Sdf(180, 120, Enums.SdfShape.Circle, r: radius, a: [90.0, 60.0]) < 0;
        using var grey = (Image.Black(180, 120, bands: 3) + level)
            .Cast(Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        using var drawing = grey.Bandjoin(disc);
        return drawing.PngsaveBuffer();
    }
}
