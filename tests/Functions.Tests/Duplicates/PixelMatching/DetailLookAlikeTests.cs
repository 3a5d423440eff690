using NetVips;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>Other pictures that were once called the same: each kind with what is the same all the same.</summary>
public sealed class DetailLookAlikeTests
{
    [Theory]
    [InlineData(14, 200, 60)]
    [InlineData(21, 190, 30)]
    [InlineData(28, 215, 30)]
    public void One_other_digit_of_pale_print_is_a_difference(int height, double level, int quality)
    {
        var (page, changed) = (Pale("48210 73955", height, level), Pale("48210 78955", height, level));
        var a = DetailPictures.Detail(page);
        Assert.Equal(
            DetailVerdict.Differs,
            DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(changed, quality))).Verdict
        );
        Assert.Equal(DetailVerdict.Same, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(page, quality))).Verdict);
    }

    [Fact]
    public void Pale_print_that_gets_darker_is_the_same()
    {
        var page = Pale("48210 73955", 21, 200);
        using var darker = page.Linear([1.25], [-64.0], uchar: true);
        Assert.Equal(
            DetailVerdict.Same,
            DetailComparison.Compare(DetailPictures.Detail(page), DetailPictures.Detail(DetailPictures.Jpeg(darker, 85))).Verdict
        );
    }

    [Fact]
    public void Writing_that_became_too_small_to_read_is_not_the_same()
    {
        using var page = DetailPictures.Page(DetailPictures.Numbers(12), 7, 200);
        using var half = page.Resize(0.5);
        Assert.Equal(
            DetailVerdict.Unclear,
            DetailComparison.Compare(DetailPictures.Detail(page), DetailPictures.Detail(DetailPictures.Jpeg(half, 85))).Verdict
        );
    }

    [Theory]
    [InlineData(60, 60, 110), InlineData(40, 80, 60), InlineData(90, 40, 90)]
    public void A_coloured_thing_is_never_moved_because_of_a_grey_one(int red, int green, int blue)
    {
        using var ground = DetailPictures.Plain(300, 200, 238, 238, 236);
        using var grey = ground
            .Insert(DetailPictures.Plain(140, 110, 60, 60, 60), 40, 50)
            .Insert(DetailPictures.Plain(40, 20, 255, 255, 255), 80, 90);
        using var coloured = ground
            .Insert(DetailPictures.Plain(140, 110, red, green, blue), 40, 50)
            .Insert(DetailPictures.Plain(40, 20, 255, 255, 255), 80, 90);
        var match = DetailComparison.Compare(DetailPictures.Detail(grey), DetailPictures.Detail(DetailPictures.Jpeg(coloured, 85)));
        Assert.True(match.Verdict != DetailVerdict.Same || match.OfB.HasFlag(Advantages.Colour), match.ToString());
    }

    [Fact]
    public void A_map_of_values_in_another_palette_is_another_picture()
    {
        using var values = Values();
        using var grey = Coloured(values, [(0, 0, 0), (255, 255, 255)]);
        using var colours = Coloured(values, [(68, 1, 84), (49, 104, 142), (53, 183, 121), (253, 231, 37)]);
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(grey, colours).Verdict);
    }

    [Fact]
    public void A_flag_of_black_and_white_is_not_one_of_black_and_orange()
    {
        using var black = DetailPictures.Plain(300, 200, 20, 20, 20);
        using var orange = black.Insert(DetailPictures.Plain(120, 200, 243, 112, 33), 0, 0);
        using var white = black.Insert(DetailPictures.Plain(120, 200, 255, 255, 255), 0, 0);
        using var brighter = white.Linear([1.25], [-30.0], uchar: true);
        Assert.NotEqual(
            DetailVerdict.Same,
            DetailComparison.Compare(DetailPictures.Detail(orange), DetailPictures.Detail(DetailPictures.Jpeg(brighter, 85))).Verdict
        );
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(0.85)]
    [InlineData(1.35)]
    public void A_gamma_is_an_adjustment(double gamma)
    {
        using var photo = DetailPictures.Photograph();
        using var bent = photo.Gamma(exponent: 1 / gamma);
        Assert.Equal(
            DetailVerdict.Same,
            DetailComparison.Compare(DetailPictures.Detail(photo), DetailPictures.Detail(DetailPictures.Jpeg(bent, 85))).Verdict
        );
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(9, 23)]
    public void A_page_lies_where_its_lines_have_the_same_lengths(int left, int top)
    {
        using var page = DetailPictures.Page([.. DetailPictures.Numbers(16).Select((line, at) => line[..(6 + (at * 5 % 17))])], 14, 380);
        using var crop = page.Crop(left, top, page.Width - 16, page.Height - 40);
        var match = DetailComparison.Compare(DetailPictures.Detail(page), DetailPictures.Detail(DetailPictures.Jpeg(crop, 85)));
        Assert.Equal(DetailVerdict.Same, match.Verdict);
        Assert.Equal(top, match.A.Top * page.Height, 0.5);
    }

    [Theory]
    [InlineData(1.25, -30.0)]
    [InlineData(1.1, 15.0)]
    public void One_other_digit_of_pale_print_on_dark_paper_is_a_difference_though_all_tones_changed(double gain, double offset)
    {
        using var page = Dark("48210 73955");
        using var changed = Dark("48210 78955");
        using var toned = changed.Linear([gain], [offset], uchar: true);
        using var same = page.Linear([gain], [offset], uchar: true);
        var a = DetailPictures.Detail(page);
        Assert.Equal(DetailVerdict.Differs, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(toned, 85))).Verdict);
        Assert.Equal(DetailVerdict.Same, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(same, 85))).Verdict);
    }

    private static Image Dark(string text)
    {
        using var paper = DetailPictures.Plain(240, 170, 40, 40, 40);
        using var first = DetailPictures.Write(paper, text, 8, 12, 16, 100);
        using var second = DetailPictures.Write(first, "90417 36285", 8, 12, 40, 100);
        return DetailPictures.Write(second, "11940 55072", 8, 12, 64, 100);
    }

    [Fact]
    public void A_chair_in_another_colour_on_a_grey_ground_is_another_chair()
    {
        using var ground = DetailPictures.Plain(400, 400, 226, 226, 228);
        using var shadow = ground.Insert(DetailPictures.Plain(200, 20, 190, 190, 192), 100, 330);
        using var green = shadow.Insert(DetailPictures.Plain(160, 190, 120, 180, 145), 120, 100);
        using var olive = shadow.Insert(DetailPictures.Plain(160, 190, 175, 165, 125), 120, 100);
        Assert.Equal(
            DetailVerdict.Differs,
            DetailComparison.Compare(DetailPictures.Detail(green), DetailPictures.Detail(DetailPictures.Jpeg(olive, 85))).Verdict
        );
    }

    private static Image Pale(string text, int height, double level)
    {
        using var paper = DetailPictures.Plain(text.Length * height, height * 4, 255, 255, 255);
        using var first = DetailPictures.Write(paper, text, height, 12, height / 2, level);
        return DetailPictures.Write(first, "90417 36285", height, 12, height * 2, level);
    }

    /// <summary>Two hills and a slope.</summary>
    private static Image Values()
    {
        using var places = Image.Xyz(240, 180);
        using var x = places[0];
        using var y = places[1];
        using var first = ((((x - 70) * (x - 70)) + ((y - 60) * (y - 60))) / -1800.0).Exp();
        using var second = ((((x - 170) * (x - 170)) + ((y - 120) * (y - 120))) / -2600.0).Exp();
        return (((first * 0.9) + (second * 0.6)) * 255).Cast(Enums.BandFormat.Uchar).CopyMemory();
    }

    private static Image Coloured(Image values, (int Red, int Green, int Blue)[] palette)
    {
        var table = new byte[256 * 3];
        for (var level = 0; level < 256; level++)
        {
            var place = level / 255.0 * (palette.Length - 1);
            var at = Math.Min((int)place, palette.Length - 2);
            var (from, to, share) = (palette[at], palette[at + 1], place - at);
            table[3 * level] = (byte)(from.Red + ((to.Red - from.Red) * share));
            table[(3 * level) + 1] = (byte)(from.Green + ((to.Green - from.Green) * share));
            table[(3 * level) + 2] = (byte)(from.Blue + ((to.Blue - from.Blue) * share));
        }

        using var lookup = Image.NewFromMemory(table, 256, 1, 3, Enums.BandFormat.Uchar);
        return values.Maplut(lookup).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }
}
