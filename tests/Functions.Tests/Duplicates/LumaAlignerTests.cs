using Serverless.Duplicates;

namespace Functions.Tests.Duplicates;

public sealed class LumaAlignerTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_picture_lies_on_itself(int seed)
    {
        var alignment = LumaAligner.Align(LumaPictures.Scene(seed), LumaPictures.Scene(seed));
        Assert.Equal(1, alignment.Correlation, 3);
        Assert.Equal(1, alignment.Agreement);
        Assert.Equal(1, alignment.ScaleX, 2);
        Assert.Equal(0, alignment.Changed + alignment.Moved + alignment.Added);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Brightness_contrast_and_noise_do_not_hide_a_copy(int seed) =>
        AssertCopy(LumaPictures.Scene(seed), LumaPictures.Noisy(LumaPictures.Brighter(LumaPictures.Scene(seed), 0.8, 20), seed, 4));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_crop_is_found_and_measured(int seed)
    {
        var alignment = AssertCopy(LumaPictures.Scene(seed), LumaPictures.Crop(seed, 0.9, 0.06, 0.03));
        Assert.InRange(alignment.ScaleX, 0.895, 0.905);
        Assert.InRange(alignment.ScaleY, 0.895, 0.905);
        Assert.InRange(alignment.OffsetX, 0.055, 0.065);
        Assert.InRange(alignment.OffsetY, 0.025, 0.035);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_watermark_takes_only_the_blocks_that_it_covers(int seed)
    {
        var alignment = LumaAligner.Align(LumaPictures.Scene(seed), LumaPictures.Marked(LumaPictures.Scene(seed), 92, 108, 24, 8));
        Assert.InRange(alignment.Agreement, 0.95, 1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Another_scene_does_not_align(int seed)
    {
        var alignment = LumaAligner.Align(LumaPictures.Scene(seed), LumaPictures.Scene(seed + 1000));
        Assert.Equal(PixelVerdict.Differ, PixelRule.Of(alignment, new DuplicateOptions()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_the_two_does_not_matter(int seed)
    {
        var (a, b) = (LumaPictures.Scene(seed), LumaPictures.Crop(seed, 0.93, 0.02, 0.05));
        Assert.Equal(LumaAligner.Align(a, b), LumaAligner.Align(b, a));
    }

    private static Alignment AssertCopy(byte[] a, byte[] b)
    {
        var alignment = LumaAligner.Align(a, b);
        Assert.True(PixelRule.Of(alignment, new DuplicateOptions()) >= PixelVerdict.Agree, alignment.ToString());
        return alignment;
    }
}
