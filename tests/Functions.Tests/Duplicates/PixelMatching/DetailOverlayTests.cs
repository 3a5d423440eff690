using Local.Calibration;
using NetVips;
using Serverless.Duplicates.PixelMatching;
using Serverless.Images;

namespace Functions.Tests.Duplicates.PixelMatching;

public sealed class DetailOverlayTests
{
    [Fact]
    public void A_watermark_on_a_photograph_is_an_overlay()
    {
        using var photo = DetailPictures.Photograph();
        var marked = CopyTransforms.All.Single(copy => copy.Name == "watermark").Apply(photo, new Random(1));
        Assert.Equal(DetailVerdict.Overlay, DetailComparison.Compare(DetailPictures.Detail(photo), DetailPictures.Detail(marked)).Verdict);
    }

    [Fact]
    public void A_word_more_on_a_page_is_a_difference()
    {
        using var page = DetailPictures.Page(DetailPictures.Numbers(8), 16, 400);
        using var paid = DetailPictures.Write(page, "PAID", 16, 300, 250);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(page, paid).Verdict);
    }

    [Fact]
    public void A_thing_more_in_a_photograph_is_a_difference()
    {
        using var photo = DetailPictures.Photograph();
        using var thing = DetailPictures.Photograph("home");
        using var small = thing.Crop(40, 40, 64, 64);
        using var more = photo.Insert(small, photo.Width / 2, photo.Height / 2);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(photo, more).Verdict);
    }

    [Fact]
    public void A_darker_place_is_a_difference()
    {
        using var photo = DetailPictures.Photograph();
        using var dark = photo.Crop(60, 60, 90, 90).Linear([0.7], [0.0], uchar: true);
        using var shaded = photo.Insert(dark, 60, 60);
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(photo, shaded).Verdict);
    }
}
