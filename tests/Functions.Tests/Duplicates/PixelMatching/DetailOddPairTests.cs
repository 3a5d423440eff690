using NetVips;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;
using Xunit;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>Other pictures for which little of the pair says what re-encoding leaves: icons, flags, glows, highlights, gradients.</summary>
public sealed class DetailOddPairTests
{
    [Fact]
    public void Of_two_plain_bands_neither_is_the_border_of_the_other()
    {
        using var red = DetailPictures.Plain(300, 200, 220, 20, 50);
        using var flag = Filled(red, [255.0, 255, 255], 0, 100, 300, 100);
        using var other = Filled(red, [255.0, 255, 255], 0, 0, 300, 100);
        Assert.Equal(new Area(0, 0, 300, 200), FlatFrame.Within(DetailPictures.Detail(flag)));
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(flag, other).Verdict);
    }

    [Theory]
    [InlineData(16, 90)]
    [InlineData(16, 80)]
    [InlineData(24, 75)]
    public void Plus_and_minus_are_two_icons(int side, int quality)
    {
        using var paper = DetailPictures.Plain(side, side, 255, 255, 255);
        var (middle, arm) = ((side / 2) - 1, side / 4);
        using var minus = Filled(paper, [60.0, 60, 60], arm, middle, side - (2 * arm), 2);
        using var plus = Filled(minus, [60.0, 60, 60], middle, arm, 2, side - (2 * arm));
        var a = DetailPictures.Detail(DetailPictures.Jpeg(plus, 85));
        Assert.NotEqual(
            DetailVerdict.Same,
            DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(minus, quality))).Verdict
        );
        Assert.Equal(DetailVerdict.Same, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(plus, quality))).Verdict);
    }

    [Fact]
    public void Another_row_of_a_list_is_highlighted()
    {
        using var page = DetailPictures.Page(DetailPictures.Numbers(16), 12, 400);
        using var first = Highlighted(page, 96);
        using var second = Highlighted(page, 192);
        using var retoned = second.Linear([1.1], [-20.0], uchar: true);
        var a = DetailPictures.Detail(first);
        Assert.Equal(DetailVerdict.Differs, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(second, 85))).Verdict);
        Assert.Equal(DetailVerdict.Differs, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(retoned, 85))).Verdict);
    }

    [Fact]
    public void A_glow_in_the_dark_of_another_colour_is_another_glow()
    {
        using var blue = Glow(40, 90, 170);
        using var violet = Glow(110, 60, 170);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(blue, violet).Verdict);
        Assert.Equal(
            DetailVerdict.Same,
            DetailComparison.Compare(DetailPictures.Detail(blue), DetailPictures.Detail(DetailPictures.Jpeg(blue, 75))).Verdict
        );
    }

    [Fact]
    public void A_round_gradient_and_a_long_one_do_not_lie_on_each_other()
    {
        using var round = Radial(1);
        using var longer = Radial(0.75);
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(round, longer).Verdict);
    }

    [Fact]
    public void A_grid_with_other_gaps_is_no_part_of_a_grid()
    {
        using var wide = Grid(24);
        using var narrow = Grid(22);
        var hint = new Alignment(1, 1, 0, 0, 0, 0.5, 22 / 24.0, 22 / 24.0, 0, 0);
        Assert.NotEqual(
            DetailVerdict.Same,
            DetailComparison.Compare(DetailPictures.Detail(wide), DetailPictures.Detail(narrow), hint).Verdict
        );
    }

    [Fact]
    public void A_face_that_comes_a_little_nearer_is_another_frame()
    {
        using var photo = DetailPictures.Photograph();
        using var nearer = photo.Affine([1.006, 0, 0, 1.006]).Crop(1, 1, photo.Width, photo.Height);
        using var upper = photo.Crop(0, 0, photo.Width, 40);
        using var moved = nearer.Insert(upper, 0, 0);
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(photo, moved).Verdict);
    }

    [Fact]
    public void Where_nothing_was_compressed_one_letter_in_another_colour_of_the_same_brightness_is_a_difference()
    {
        // 0.299 R + 0.587 G + 0.114 B is 144 for all three.
        using var paper = DetailPictures.Plain(200, 60, 144, 144, 144);
        using var page = Filled(paper, [200.0, 116, 144], 20, 20, 40, 8);
        using var other = Filled(page, [200.0, 116, 144], 100, 20, 5, 9);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(page, other).Verdict);
    }

    [Fact]
    public void The_original_of_a_soft_picture_is_finer_than_its_half_size()
    {
        using var photo = DetailPictures.Photograph();
        using var large = photo.Resize(2, kernel: Enums.Kernel.Cubic);
        using var soft = large.Gaussblur(0.6);
        using var half = soft.Resize(0.7);
        var match = DetailComparison.Compare(
            DetailPictures.Detail(DetailPictures.Jpeg(half, 85)),
            DetailPictures.Detail(soft.Cast(Enums.BandFormat.Uchar))
        );
        Assert.True(match.BIsFiner, match.ToString());
    }

    private static Image Grid(int gap)
    {
        using var paper = DetailPictures.Plain(480, 480, 255, 255, 255);
        return paper
            .Mutate(image =>
            {
                for (var at = 0; at < 480; at += gap)
                {
                    image.DrawRect([40.0, 110, 90], at, 0, 3, 480, fill: true);
                    image.DrawRect([40.0, 110, 90], 0, at, 480, 3, fill: true);
                }
            })
            .CopyMemory();
    }

    private static Image Filled(Image picture, double[] colour, int left, int top, int width, int height) =>
        picture.Mutate(image => image.DrawRect(colour, left, top, width, height, fill: true)).CopyMemory();

    /// <summary>A pale band behind the figures.</summary>
    private static Image Highlighted(Image page, int top)
    {
        using var band = DetailPictures.Plain(page.Width, 24, 224, 236, 255);
        using var white = DetailPictures.Plain(page.Width, page.Height, 255, 255, 255);
        using var ground = white.Insert(band, 0, top);
        return ((page * ground) / 255).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    private static Image Glow(double red, double green, double blue)
    {
        using var noise = Image.Gaussnoise(400, 300, sigma: 6, mean: 12, seed: 5);
        using var shape = Distance(400, 300, 1);
        using var light = (shape / -2000.0).Math(Enums.OperationMath.Exp);
        using var bands = (light * red).Bandjoin(light * green, light * blue);
        return (bands + noise).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    private static Image Radial(double flat)
    {
        using var shape = Distance(400, 300, flat);
        using var levels = 255 - (shape.Pow(0.5) * 1.1);
        return levels.Bandjoin(levels, levels).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    /// <summary>Squared distance from the middle, across counted less.</summary>
    private static Image Distance(int width, int height, double across)
    {
        using var places = Image.Xyz(width, height);
        using var x = (places[0] - (width / 2)) * across;
        using var y = places[1] - (height / 2);
        return (x * x) + (y * y);
    }
}
