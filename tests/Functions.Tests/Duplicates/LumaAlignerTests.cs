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
        Assert.Equal(1, alignment.Scale, 2);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Brightness_contrast_and_noise_do_not_hide_a_copy(int seed) =>
        AssertCopy(LumaPictures.Scene(seed), LumaPictures.Noisy(LumaPictures.Brighter(LumaPictures.Scene(seed), 0.8, 20), seed, 8));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_crop_is_found_and_measured(int seed)
    {
        var alignment = AssertCopy(LumaPictures.Scene(seed), LumaPictures.Crop(seed, 0.9, 0.06, 0.03));
        Assert.Equal(0.9, alignment.Scale, 1);
        Assert.InRange(alignment.OffsetX, 0.03, 0.09);
        Assert.InRange(alignment.OffsetY, 0, 0.06);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_watermark_takes_only_the_blocks_that_it_covers(int seed)
    {
        var alignment = LumaAligner.Align(LumaPictures.Scene(seed), LumaPictures.Marked(LumaPictures.Scene(seed), 44, 52, 16, 8));
        Assert.True(alignment.Agreement >= 0.85, $"agreement {alignment.Agreement}");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Another_scene_does_not_align(int seed)
    {
        var alignment = LumaAligner.Align(LumaPictures.Scene(seed), LumaPictures.Scene(seed + 1000));
        Assert.True(alignment.Correlation < 0.95 || alignment.Agreement < 0.85, alignment.ToString());
    }

    private static Alignment AssertCopy(byte[] a, byte[] b)
    {
        var alignment = LumaAligner.Align(a, b);
        Assert.True(alignment is { Correlation: >= 0.95, Agreement: >= 0.85 }, alignment.ToString());
        return alignment;
    }
}
