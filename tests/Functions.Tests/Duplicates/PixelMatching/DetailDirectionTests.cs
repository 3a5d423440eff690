using NetVips;
using Serverless.Duplicates.PixelMatching;
using Shared;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>Which of two copies adds something, where that is hard to tell.</summary>
public sealed class DetailDirectionTests
{
    [Fact]
    public void A_larger_picture_of_something_soft_is_in_doubt_the_finer_one()
    {
        using var photo = DetailPictures.Photograph();
        using var soft = photo.Resize(1.5).Gaussblur(3).CopyMemory();
        using var half = soft.Resize(0.5);
        var match = DetailComparison.Compare(DetailPictures.Detail(soft), DetailPictures.Detail(DetailPictures.Jpeg(half, 85)));
        Assert.True(match is { Verdict: DetailVerdict.Same, AIsFiner: true, BIsFiner: false }, match.ToString());
    }

    [Theory]
    [InlineData("grey", Advantages.Colour)]
    [InlineData("sepia", Advantages.Colour)]
    [InlineData("nearly grey", Advantages.Colour)]
    [InlineData("overexposed", Advantages.Tones)]
    [InlineData("underexposed", Advantages.Tones)]
    [InlineData("oversaturated", Advantages.Tones)]
    [InlineData("blurred", Advantages.FinerDetail)]
    [InlineData("16 levels", Advantages.Tones)]
    [InlineData("JPEG 20", Advantages.FinerDetail)]
    internal void The_original_adds_what_a_copy_lost_and_the_copy_adds_nothing(string how, Advantages lost)
    {
        foreach (var name in new[] { "fruits", "home" })
        {
            using var photo = DetailPictures.Photograph(name);
            using var poorer = DetailPictures.Adjust(photo, how);
            var first = how == "JPEG 20" ? DetailPictures.Jpeg(photo, 20) : poorer.PngsaveBuffer();
            var match = DetailComparison.Compare(DetailPictures.Detail(photo), DetailPictures.Detail(first));
            Assert.True(match.Verdict == DetailVerdict.Same && match.OfA.HasFlag(lost) && match.OfB == Advantages.None, $"{name}: {match}");
        }
    }

    [Theory]
    [InlineData("grey")]
    [InlineData("sepia")]
    [InlineData("overexposed")]
    [InlineData("JPEG 20")]
    public void A_copy_of_a_poorer_copy_adds_nothing_to_it(string how)
    {
        using var photo = DetailPictures.Photograph();
        using var poorer = DetailPictures.Adjust(photo, how);
        var first = DetailPictures.Jpeg(poorer, how == "JPEG 20" ? 20 : 90);
        using var read = Image.NewFromBuffer(first);
        using var again = DetailPictures.Rgb(read);
        var match = DetailComparison.Compare(DetailPictures.Detail(first), DetailPictures.Detail(DetailPictures.Jpeg(again, 95)));
        Assert.True(match is { Verdict: DetailVerdict.Same, OfB: Advantages.None }, match.ToString());
    }

    [Theory]
    [InlineData("fruits")]
    [InlineData("home")]
    [InlineData("building")]
    [InlineData("butterfly")]
    public void The_original_has_tones_that_a_palette_lacks_and_the_palette_adds_nothing(string name)
    {
        using var photo = DetailPictures.Photograph(name);
        (string How, byte[] File)[] originals =
        [
            ("PNG", photo.PngsaveBuffer()),
            ("JPEG 92", DetailPictures.Jpeg(photo, 92)),
            ("JPEG 85", DetailPictures.Jpeg(photo, 85)),
        ];
        var wrong =
            from palette in Palettes(photo)
            from original in originals
            let match = DetailComparison.Compare(DetailPictures.Detail(original.File), DetailPictures.Detail(palette.File))
            where match.Verdict != DetailVerdict.Same || !match.OfA.HasFlag(Advantages.Tones) || match.OfB != Advantages.None
            select $"{original.How}, {palette.How}: {match}";
        None(wrong);
    }

    [Theory]
    [InlineData("fruits")]
    [InlineData("home")]
    [InlineData("building")]
    [InlineData("butterfly")]
    public void A_copy_of_a_palette_adds_nothing_to_it(string name)
    {
        using var photo = DetailPictures.Photograph(name);
        var wrong =
            from palette in Palettes(photo)
            from copy in CopiesOf(palette.File)
            let match = DetailComparison.Compare(DetailPictures.Detail(copy.File), DetailPictures.Detail(palette.File))
            where match is not { Verdict: DetailVerdict.Same, OfA: Advantages.None }
            select $"{palette.How}, {copy.How}: {match}";
        None(wrong);
    }

    [Theory]
    [InlineData("building", 10)]
    [InlineData("butterfly", 10)]
    [InlineData("orange", 10)]
    [InlineData("home", 20)]
    [InlineData("orange", 20)]
    public void The_original_is_no_copy_of_one_that_shows_its_blocks_and_what_is_made_of_that_is(string name, int quality)
    {
        using var photo = DetailPictures.Photograph(name);
        var first = DetailPictures.Jpeg(photo, quality);
        foreach (var original in new[] { photo.PngsaveBuffer(), DetailPictures.Jpeg(photo, 85) })
        {
            var match = DetailComparison.Compare(DetailPictures.Detail(original), DetailPictures.Detail(first));
            Assert.True(
                match.Verdict == DetailVerdict.Differs || match is { Verdict: DetailVerdict.Same, AIsFiner: true, OfB: Advantages.None },
                match.ToString()
            );
        }

        var wrong =
            from copy in CopiesOf(first)
            let match = DetailComparison.Compare(DetailPictures.Detail(copy.File), DetailPictures.Detail(first))
            where match is not { Verdict: DetailVerdict.Same, OfA: Advantages.None }
            select $"{copy.How}: {match}";
        None(wrong);
    }

    private static void None(IEnumerable<string> wrong)
    {
        var all = string.Join('\n', wrong);
        Assert.True(all.Length == 0, all);
    }

    private static (string How, byte[] File)[] CopiesOf(byte[] file)
    {
        using var read = Image.NewFromBuffer(file);
        using var picture = DetailPictures.Rgb(read);
        return
        [
            ("PNG", picture.PngsaveBuffer()),
            ("JPEG 95", DetailPictures.Jpeg(picture, 95)),
            ("JPEG 85", DetailPictures.Jpeg(picture, 85)),
            ("JPEG 70", DetailPictures.Jpeg(picture, 70)),
        ];
    }

    private static (string How, byte[] File)[] Palettes(Image photo) =>
        [
            ("GIF", photo.GifsaveBuffer(dither: 0)),
            ("GIF with dither", photo.GifsaveBuffer(dither: 1)),
            ("GIF of 128 colours with dither", photo.GifsaveBuffer(dither: 1, bitdepth: 7)),
        ];

    [Fact]
    public void Sepia_and_a_warmer_white_add_no_colour_but_a_red_drawing_does()
    {
        using var photo = DetailPictures.Photograph();
        using var grey = DetailPictures.Adjust(photo, "grey");
        using var toned = DetailPictures.Adjust(grey, "sepia");
        Assert.False(DetailPictures.Compare(toned, grey).OfA.HasFlag(Advantages.Colour));

        using var red = DetailPictures.Plain(240, 160, 255, 255, 255).Insert(DetailPictures.Plain(90, 70, 200, 30, 40), 60, 40);
        using var greyRed = DetailPictures.Adjust(red, "grey");
        var match = DetailPictures.Compare(red, greyRed);
        Assert.True(match.Verdict != DetailVerdict.Same || match.OfA.HasFlag(Advantages.Colour), match.ToString());
    }

    [Fact]
    public void What_can_be_seen_through_adds_to_the_same_colours_on_white()
    {
        using var photo = DetailPictures.Photograph();
        var opaque = DetailPictures.Pixels(photo);
        var match = DetailComparison.Compare(PictureDetail.Of(opaque with { IsTransparent = true }), PictureDetail.Of(opaque));
        Assert.Equal((DetailVerdict.Same, Advantages.Transparency, Advantages.None), (match.Verdict, match.OfA, match.OfB));
    }

    [Fact]
    public void One_thing_on_plain_ground_is_more_of_the_scene()
    {
        using var page = DetailPictures.Page(DetailPictures.Numbers(6), 14, 300);
        using var wide = page.Embed(60, 0, page.Width + 60, page.Height, extend: Enums.Extend.Background, background: [255.0]);
        using var whole = wide.Insert(DetailPictures.Plain(20, 40, 10, 10, 10), 12, 40).CopyMemory();
        using var crop = whole.Crop(60, 0, page.Width, page.Height);
        var match = DetailPictures.Compare(whole, crop);
        Assert.True(match is { Verdict: DetailVerdict.Same, AShowsMore: true, BShowsMore: false }, match.ToString());
    }

    [Fact]
    public void A_ground_that_runs_on_softly_is_more_of_the_scene_and_a_blurred_fill_is_not()
    {
        using var photo = DetailPictures.Photograph();

        // The ground's shades run on from the photograph's upper edge.
        using var edge = photo.Crop(0, 0, photo.Width, 1);
        using var ground = edge.Resize(1, vscale: 50, kernel: Enums.Kernel.Nearest).Gaussblur(6);
        using var blend = ground.Join(photo, Enums.Direction.Vertical);
        using var soft = blend.Gaussblur(6).Crop(0, 0, photo.Width, ground.Height + 30);
        using var whole = blend.Insert(soft, 0, 0).CopyMemory();
        using var crop = whole.Crop(0, 40, whole.Width, whole.Height - 40);
        Assert.True(DetailPictures.Compare(whole, crop) is { Verdict: DetailVerdict.Same, AShowsMore: true, BShowsMore: false });

        using var filled = Borders.Filled(photo, 360, 640);
        var fill = DetailComparison.Compare(
            DetailPictures.Detail(DetailPictures.Jpeg(filled, 80)),
            DetailPictures.Detail(DetailPictures.Jpeg(photo, 85))
        );
        Assert.True(fill is { Verdict: DetailVerdict.Same, AShowsMore: false }, fill.ToString());
    }
}
