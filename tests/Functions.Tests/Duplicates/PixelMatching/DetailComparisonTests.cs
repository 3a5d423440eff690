using Local.Calibration;
using NetVips;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;
using Serverless.Imaging;

namespace Functions.Tests.Duplicates.PixelMatching;

public sealed class DetailComparisonTests
{
    public static TheoryData<string> Copies =>
        [.. CopyTransforms.All.Select(copy => copy.Name).Where(name => !name.Contains("watermark", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Copies))]
    public void A_copy_is_the_same_picture_and_adds_nothing(string name)
    {
        using var photo = DetailPictures.Photograph();
        var copy = CopyTransforms.All.Single(transform => transform.Name == name).Apply(photo, new Random(1));
        var match = DetailComparison.Compare(DetailPictures.Detail(photo), DetailPictures.Detail(copy));
        Assert.Equal((DetailVerdict.Same, Advantages.None), (match.Verdict, match.OfB));
    }

    public static TheoryData<string> Adjusted => ["grey", "sepia", "warm", "saturated", "pale", "gamma"];

    [Theory]
    [MemberData(nameof(Adjusted))]
    public void A_photograph_that_was_adjusted_as_a_whole_is_the_same_picture_and_adds_nothing(string name)
    {
        using var photo = DetailPictures.Photograph();
        using var adjusted = DetailPictures.Adjust(photo, name);
        var match = DetailComparison.Compare(DetailPictures.Detail(photo), DetailPictures.Detail(DetailPictures.Jpeg(adjusted, 85)));
        Assert.Equal((DetailVerdict.Same, Advantages.None), (match.Verdict, match.OfB));
    }

    [Fact]
    public void Colours_that_are_exchanged_are_no_adjustment()
    {
        using var photo = DetailPictures.Photograph();
        using var exchanged = DetailPictures.Adjust(photo, "exchanged");
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(photo, exchanged).Verdict);
    }

    [Fact]
    public void Another_photograph_is_not_the_same_picture()
    {
        using var photo = DetailPictures.Photograph();
        using var other = DetailPictures.Photograph("home");
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(photo, other).Verdict);
    }

    [Theory]
    [InlineData(10, 90)]
    [InlineData(12, 75)]
    [InlineData(14, 50)]
    [InlineData(20, 40)]
    [InlineData(36, 30)]
    [InlineData(72, 30)]
    public void One_other_digit_is_a_difference_and_its_place_is_named(int height, int quality)
    {
        var lines = DetailPictures.Numbers(3);
        var other = lines.ToArray();
        other[1] = other[1][..7] + (other[1][7] == '3' ? '8' : '3') + other[1][8..];
        using var page = DetailPictures.Page(lines, height, 24 * height);
        using var changed = DetailPictures.Page(other, height, 24 * height);
        var (a, b) = (DetailPictures.Detail(page), DetailPictures.Detail(DetailPictures.Jpeg(changed, quality)));

        var match = DetailComparison.Compare(a, b);

        Assert.Equal(DetailVerdict.Differs, match.Verdict);
        var place = Assert.Single(match.Differences);

        // The middle of the digit, a cell of four points aside at most.
        Assert.InRange((7.5 * 6 * height / 7) + 16, (place.LeftA * page.Width) - 4, ((place.LeftA + place.WidthA) * page.Width) + 4);
        Assert.InRange(3.5 * height, (place.TopA * page.Height) - 4, ((place.TopA + place.HeightA) * page.Height) + 4);
        Assert.Equal(DetailVerdict.Same, DetailComparison.Compare(a, DetailPictures.Detail(DetailPictures.Jpeg(page, quality))).Verdict);
    }

    [Fact]
    public void Where_every_number_differs_no_place_is_like_another()
    {
        using var one = DetailPictures.Page(DetailPictures.Numbers(12), 14, 360);
        using var other = DetailPictures.Page(DetailPictures.Numbers(12, 2), 14, 360);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(one, other).Verdict);
    }

    [Fact]
    public void Another_colour_of_a_thing_is_a_difference()
    {
        using var room = DetailPictures.Photograph();
        using var red = room.Insert(DetailPictures.Plain(60, 60, 200, 40, 40), 100, 100);
        using var green = room.Insert(DetailPictures.Plain(60, 60, 20, 130, 30), 100, 100);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(red, green).Verdict);
    }

    [Fact]
    public void The_order_of_the_two_does_not_matter()
    {
        using var photo = DetailPictures.Photograph();
        var (a, b) = (
            DetailPictures.Detail(photo),
            DetailPictures.Detail(
                CopyTransforms.All.Single(copy => copy.Name == "5 % crop, half size, quality 50").Apply(photo, new Random(2))
            )
        );
        var (forth, back) = (DetailComparison.Compare(a, b), DetailComparison.Compare(b, a));
        Assert.Equal(forth with { Differences = [] }, back.Swapped() with { Differences = [] });
        Assert.Equal(forth.Differences, back.Swapped().Differences);
    }

    [Theory]
    [MemberData(nameof(Turns))]
    public void A_turned_picture_is_what_it_was_when_turned_in_the_same_way(ImageOrientation turn)
    {
        using var photo = DetailPictures.Photograph();
        using var odd = photo.Crop(0, 0, 323, 241);
        using var turned = turn.Apply(odd);
        Assert.Equal(
            DetailVerdict.Same,
            DetailComparison
                .Compare(DetailPictures.Detail(odd).Turned(turn), DetailPictures.Detail(DetailPictures.Jpeg(turned, 85)))
                .Verdict
        );
    }

    public static TheoryData<ImageOrientation> Turns => [.. Enum.GetValues<ImageOrientation>()];

    [Fact]
    public void The_original_is_finer_than_its_half_and_an_enlargement_is_not()
    {
        using var photo = DetailPictures.Photograph();
        using var half = photo.Resize(0.5);
        using var enlarged = half.Resize(1.5);
        var small = DetailPictures.Detail(DetailPictures.Jpeg(half, 85));
        Assert.True(
            DetailComparison.Compare(DetailPictures.Detail(photo), small)
                is { Verdict: DetailVerdict.Same, AIsFiner: true, BIsFiner: false }
        );
        Assert.True(
            DetailComparison.Compare(DetailPictures.Detail(DetailPictures.Jpeg(enlarged, 90)), small)
                is { Verdict: DetailVerdict.Same, AIsFiner: false, BIsFiner: false }
        );
    }

    [Fact]
    public void The_whole_shows_more_than_a_crop_and_a_border_shows_nothing()
    {
        using var photo = DetailPictures.Photograph();
        using var crop = photo.Crop(10, 6, photo.Width - 30, photo.Height - 16);
        using var bordered = photo.Embed(
            30,
            30,
            photo.Width + 60,
            photo.Height + 60,
            extend: Enums.Extend.Background,
            background: [255.0, 255, 255]
        );
        Assert.True(DetailPictures.Compare(photo, crop) is { Verdict: DetailVerdict.Same, AShowsMore: true, BShowsMore: false });
        Assert.True(DetailPictures.Compare(photo, bordered) is { Verdict: DetailVerdict.Same, AShowsMore: false, BShowsMore: false });
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 500)]
    [InlineData(3, 2)]
    [InlineData(16, 16)]
    [InlineData(6000, 9)]
    public void Pictures_of_any_size_are_compared(int width, int height)
    {
        using var photo = DetailPictures.Photograph();
        using var one = photo.ThumbnailImage(width, height: height, size: Enums.Size.Force);
        using var other = one.Invert();
        Assert.Equal(DetailVerdict.Same, DetailPictures.Compare(one, one).Verdict);
        Assert.NotEqual(DetailVerdict.Same, DetailPictures.Compare(one, other).Verdict);
    }
}
