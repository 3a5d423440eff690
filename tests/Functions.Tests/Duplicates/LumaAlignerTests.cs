using Serverless.Duplicates;
using Serverless.Images;

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
    public void Colours_that_are_cut_off_do_not_hide_a_copy(int seed)
    {
        AssertCopy(LumaPictures.Coloured(seed), LumaPictures.Coloured(seed, 1.1, 15));
        AssertCopy(LumaPictures.Coloured(seed), LumaPictures.Coloured(seed, 1.25, -30));
    }

    /// <summary>As much as a mark may change in one place is too much all over the picture: people walk through a scene.</summary>
    [Fact]
    public void What_has_changed_in_one_place_is_a_mark_and_all_over_the_picture_another_shot()
    {
        (int X, int Y)[] together = [.. from y in Enumerable.Range(6, 3) from x in Enumerable.Range(5, 3) select (x, y)];
        (int X, int Y)[] scattered =
        [
            .. from y in Enumerable.Range(0, 3) from x in Enumerable.Range(0, 3) select (1 + (5 * x), 1 + (5 * y)),
        ];
        Assert.InRange(Seeds.Count(seed => IsCopy(seed, together)), Seeds.Count / 2, Seeds.Count);
        Assert.InRange(Seeds.Count(seed => IsCopy(seed, scattered)), 0, Seeds.Count / 4);

        static bool IsCopy(int seed, (int X, int Y)[] blocks)
        {
            var scene = LumaPictures.Scene(seed);
            return FingerprintRule.Of(
                    LumaAligner.Align(scene, LumaPictures.Patched(scene, LumaPictures.Scene(seed + 500), blocks)),
                    new DuplicateOptions()
                ) >= PixelVerdict.Agree;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Another_scene_does_not_align(int seed)
    {
        var alignment = LumaAligner.Align(LumaPictures.Scene(seed), LumaPictures.Scene(seed + 1000));
        Assert.Equal(PixelVerdict.Differ, FingerprintRule.Of(alignment, new DuplicateOptions()));
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
        Assert.True(FingerprintRule.Of(alignment, new DuplicateOptions()) >= PixelVerdict.Agree, alignment.ToString());
        return alignment;
    }
}
