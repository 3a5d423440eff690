using NetVips;
using Serverless.Imaging;
using Shared;

namespace Functions.Tests.Imaging;

/// <summary>Where the picture ends and what was put around it begins.</summary>
public sealed class ContentBoxTests
{
    private const double Tolerance = 0.012;

    /// <summary>Strong compression leaves its marks beside the edge.</summary>
    private const double CompressedTolerance = 0.035;

    public static TheoryData<double, string> PlainBorders
    {
        get
        {
            var rows = new TheoryData<double, string>();
            foreach (var share in new[] { 0.05, 0.1, 0.25, 0.4, 0.6 })
            {
                rows.Add(share, "255 255 255");
                rows.Add(share, "0 0 0");
                rows.Add(share, "40 90 160");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(PlainBorders))]
    public void A_border_of_one_colour_is_no_content(double share, string colour)
    {
        foreach (var photo in Photos())
        {
            using var bordered = Borders.Plain(photo.Picture, share, [.. colour.Split(' ').Select(double.Parse)]);
            foreach (var quality in new[] { 90, 40 })
            {
                var (across, down) = (
                    Inset(photo.Picture, bordered.Width, photo.Picture.Width),
                    Inset(photo.Picture, bordered.Height, photo.Picture.Height)
                );
                Near(
                    new ContentBox(across, down, 1 - across, 1 - down),
                    Box(bordered.JpegsaveBuffer(q: quality)),
                    $"{photo.Name} at quality {quality}",
                    quality < 50 ? CompressedTolerance : Tolerance
                );
            }
        }
    }

    /// <summary>The sky of one of the photographs fades into its own fill: there no edge is found.</summary>
    [Fact]
    public void A_fill_of_the_blurred_picture_is_no_content()
    {
        foreach (var photo in Photos().Where(photo => photo.Name != "home"))
        {
            using var wide = photo.Picture.ThumbnailImage(960, height: 540, crop: Enums.Interesting.Centre);
            using var filled = Borders.Filled(wide, 540, 960);
            var share = 540.0 * 9 / 16 / 960;
            Near(new ContentBox(0, 0.5 - (share / 2), 1, 0.5 + (share / 2)), Box(filled.JpegsaveBuffer(q: 80)), photo.Name);
            using var upright = wide.Rot90();
            using var pillars = Borders.Filled(upright, 960, 540);
            Near(new ContentBox(0.5 - (share / 2), 0, 0.5 + (share / 2), 1), Box(pillars.JpegsaveBuffer(q: 80)), $"{photo.Name}, upright");
        }
    }

    [Fact]
    public void Photographs_have_no_border()
    {
        foreach (var photo in Photos())
        {
            Assert.True(Box(photo.Picture.JpegsaveBuffer(q: 80)) is null, photo.Name);
        }
    }

    [Fact]
    public void A_sky_is_no_border()
    {
        foreach (var photo in Photos())
        {
            using var sky = Image.Xyz(photo.Picture.Width, photo.Picture.Height / 2);
            using var fading = sky[1] * (60.0 / photo.Picture.Height);
            using var blue = (fading + 120.0).Bandjoin(fading + 160.0, fading + 215.0).Cast(Enums.BandFormat.Uchar);
            using var landscape = blue.Join(photo.Picture, Enums.Direction.Vertical);
            Assert.True(Box(landscape.JpegsaveBuffer(q: 85)) is null, photo.Name);
        }
    }

    [Fact]
    public void What_is_plain_at_one_side_only_is_no_border()
    {
        foreach (var photo in Photos())
        {
            using var wall = (Image.Black(photo.Picture.Width, photo.Picture.Height / 3, bands: 3) + 90).Cast(Enums.BandFormat.Uchar);
            using var above = wall.Join(photo.Picture, Enums.Direction.Vertical);
            Assert.True(Box(above.PngsaveBuffer()) is null, photo.Name);
        }
    }

    [Fact]
    public void A_blank_picture_has_no_content_to_speak_of()
    {
        using var blank = (Image.Black(300, 200, bands: 3) + 250).Cast(Enums.BandFormat.Uchar);
        Assert.Null(Box(blank.PngsaveBuffer()));
        using var dotted = blank.Insert(Image.Black(4, 4, bands: 3).Cast(Enums.BandFormat.Uchar), 150, 100);
        Assert.Null(Box(dotted.PngsaveBuffer()));
    }

    [Fact]
    public void What_is_cut_out_is_the_picture()
    {
        using var photo = Photos().First().Picture;
        using var bordered = Borders.Plain(photo, 0.4, 255, 255, 255);
        var content = Pictures.Reader.Fingerprint(Pictures.Accepted(bordered.PngsaveBuffer())).Content!;
        var whole = Pictures.Reader.Fingerprint(Pictures.Accepted(photo.PngsaveBuffer()));
        Assert.InRange(content.Luma.Zip(whole.Luma, (x, y) => Math.Abs(x - y)).Average(), 0, 4);
        Assert.Null(whole.Content);
    }

    private static double Inset(Image picture, int bordered, int plain) => (bordered - plain) / 2.0 / bordered;

    private static void Near(ContentBox expected, ContentBox? box, string what, double tolerance = Tolerance) =>
        Assert.True(
            box is { } found
                && Math.Abs(found.Left - expected.Left) < tolerance
                && Math.Abs(found.Top - expected.Top) < tolerance
                && Math.Abs(found.Right - expected.Right) < tolerance
                && Math.Abs(found.Bottom - expected.Bottom) < tolerance,
            $"{what}: {box} instead of {expected}"
        );

    private static ContentBox? Box(byte[] bytes) => Pictures.Reader.Fingerprint(Pictures.Accepted(bytes)).Box;

    private static IEnumerable<(string Name, Image Picture)> Photos() =>
        Picture.Photos.Select(name => (name, Image.NewFromFile(Picture.PhotoFile(name)).CopyMemory()));
}
