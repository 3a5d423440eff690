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
