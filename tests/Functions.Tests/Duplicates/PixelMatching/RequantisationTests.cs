using NetVips;
using Serverless.Duplicates.PixelMatching;
using Shared;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>What the steps of a JPEG explain, and what they do not.</summary>
public sealed class RequantisationTests
{
    [Fact]
    public void The_cosine_transform_keeps_energy_and_is_undone_by_its_inverse()
    {
        var random = new Random(1);
        float[] points = [.. Enumerable.Range(0, 64).Select(_ => (float)random.Next(256))];
        float[] coefficients = new float[64],
            again = new float[64];
        BlockTransform.Forth(points, coefficients);
        BlockTransform.Back(coefficients, again);
        Assert.Equal(points.Sum() / 8, coefficients[0], 0.01);
        Assert.Equal(points.Sum(value => (double)value * value), coefficients.Sum(value => (double)value * value), 10.0);
        Assert.All(points.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 0.01));
    }

    [Theory]
    [InlineData(25, 0, 0)]
    [InlineData(40, 0, 0)]
    [InlineData(25, 11, 6)]
    public void A_JPEG_is_explained_by_what_it_was_written_from_and_not_by_a_page_with_another_digit(int quality, int left, int top)
    {
        var lines = DetailPictures.Numbers(14);
        var others = lines.ToArray();
        others[6] = others[6][..7] + (others[6][7] == '3' ? '8' : '3') + others[6][8..];
        using var page = DetailPictures.Page(lines, 9, 240);
        using var changed = DetailPictures.Page(others, 9, 240);
        using var cut = page.Crop(left, top, page.Width - left, page.Height - top);
        using var changedCut = changed.Crop(left, top, page.Width - left, page.Height - top);

        // The file holds all of the page; the comparison begins within it, and within a block.
        var file = DetailPictures.Detail(DetailPictures.Jpeg(page, quality));
        var written = new Plane(page.Width - left, page.Height - top);
        for (var y = 0; y < written.Height; y++)
        {
            file.Luma.Row(y + top)[left..].CopyTo(written.WritableRow(y));
        }

        var same = new Requantisation(DetailPictures.Detail(cut).Luma, written, file.Steps!, left, top).Compare();
        var other = new Requantisation(DetailPictures.Detail(changedCut).Luma, written, file.Steps!, left, top).Compare();

        Assert.NotNull(same);
        Assert.Empty(same.Value.Others);
        Assert.InRange(same.Value.Most, 0, 3);
        Assert.NotNull(other);
        Assert.NotEmpty(other.Value.Others);
        Assert.All(other.Value.Others, block => Assert.InRange(block.Y + top, (9 * 13) - 8, 9 * 14));
    }

    [Fact]
    public void Of_a_page_and_its_poor_JPEG_the_JPEG_is_never_the_finer_one_and_the_page_is_where_letters_suffered()
    {
        var finer = 0;
        foreach (var (height, level) in ((int, int)[])[(8, 20), (8, 120), (10, 60), (10, 150), (14, 20), (14, 150)])
        {
            using var paper = DetailPictures.Plain(400, 300, 255, 255, 255);
            using var page = DetailPictures.Write(paper, DetailPictures.Numbers(1)[0], height, 37, 51, level);
            var (original, poor) = (DetailPictures.Detail(page), DetailPictures.Detail(DetailPictures.Jpeg(page, 25)));
            var match = DetailComparison.Compare(original, poor);
            Assert.False(match.BIsFiner);
            Assert.Equal(match.AIsFiner, DetailComparison.Compare(poor, original).BIsFiner);
            finer += match is { Verdict: DetailVerdict.Same, AIsFiner: true } ? 1 : 0;
        }

        Assert.InRange(finer, 1, 6);
    }

    /// <summary>Drawings whose edges ring above what any one file explains; in the last two, colours are cut off beside them.</summary>
    [Theory]
    [InlineData(50034)]
    [InlineData(50089)]
    [InlineData(50223)]
    [InlineData(50294)]
    public void Two_JPEGs_of_one_drawing_are_copies_though_neither_was_written_from_the_other(int seed)
    {
        var scene = Picture.Scene(seed, 640, 480);
        var match = DetailComparison.Compare(DetailPictures.Detail(scene.Jpeg(60)), DetailPictures.Detail(scene.Jpeg(88)));
        Assert.True(match is { Verdict: DetailVerdict.Same, AIsFiner: false, BIsFiner: false }, match.ToString());
    }

    [Fact]
    public void The_steps_of_two_JPEGs_do_not_explain_a_pale_letter()
    {
        using var paper = DetailPictures.Plain(400, 300, 255, 255, 255);
        foreach (var quality in (int[])[50, 60, 75, 90])
        {
            using var one = DetailPictures.Write(paper, "1763", 24, 37, 51, 190);
            using var other = DetailPictures.Write(paper, "1768", 24, 37, 51, 190);
            var (a, b) = (DetailPictures.Detail(DetailPictures.Jpeg(one, 88)), DetailPictures.Detail(DetailPictures.Jpeg(other, quality)));
            Assert.Equal(DetailVerdict.Differs, DetailComparison.Compare(a, b).Verdict);
        }
    }
}
