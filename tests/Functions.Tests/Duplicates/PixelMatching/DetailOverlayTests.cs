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

    [Theory]
    [InlineData(150)]
    [InlineData(25)]
    public void A_kite_in_the_sky_is_no_mark(int length)
    {
        // Ink of one brightness and in strokes, before a ground that is nearly plain.
        using var sky = Image.Gaussnoise(360, 240, sigma: 2, mean: 190, seed: 3).Cast(Enums.BandFormat.Uchar);
        using var rgb = sky.Bandjoin(sky, sky).Copy(interpretation: Enums.Interpretation.Srgb);
        using var photo = DetailPictures.Photograph().Resize(0.6);
        using var scene = rgb.Insert(photo, 0, 130).ExtractArea(0, 0, 360, 240).CopyMemory();
        using var kite = scene.Mutate(image =>
        {
            image.DrawLine([60.0, 60, 60], 200, 20, 230, 60);
            image.DrawRect([60.0, 60, 60], 198, 18, 8, 5, fill: true);
            image.DrawRect([60.0, 60, 60], 230, 60, 3, Math.Min(60, length), fill: true);
        });
        Assert.Equal(DetailVerdict.Differs, DetailPictures.Compare(scene, kite).Verdict);
    }
}
