using Serverless.Duplicates;
using Serverless.Images;

namespace Functions.Tests.Duplicates;

public sealed class FingerprintRuleTests
{
    private static readonly Alignment ColoursCutOff = new(0.998, 0.98, 0.2, 0.1, 0, 0.25, 1, 1, 0, 0, IsRetoned: true);

    [Fact]
    public void What_colours_that_are_cut_off_change_is_left_to_the_originals() =>
        Assert.Equal(PixelVerdict.Agree, FingerprintRule.Of(ColoursCutOff, new DuplicateOptions()));

    public static TheoryData<Alignment> Saturated =>
        [
            new Alignment(0.9996, 0.98, 0.09, 0.015, 0, 0.28, 1, 1, 0, 0),
            new Alignment(0.998, 0.916, 0.244, 0.023, 0, 0.33, 1, 1, 0, 0),
            new Alignment(0.992, 0.987, 0.212, 0.19, 0.004, 0.24, 1, 1, 0, 0, IsRetoned: true),
        ];

    [Theory]
    [MemberData(nameof(Saturated))]
    public void Colours_that_saturation_clips_are_left_to_the_originals(Alignment alignment)
    {
        Assert.Equal(PixelVerdict.Agree, FingerprintRule.Of(alignment, new DuplicateOptions()));
        Assert.Equal(PixelVerdict.Differ, FingerprintRule.Of(alignment with { OffsetX = 0.02, Moved = 0.2 }, new DuplicateOptions()));
    }

    [Fact]
    public void Other_tones_clip_a_few_blocks_of_the_same_picture()
    {
        var toned = new Alignment(0.9996, 1, 0.03, 0.03, 0, 0.25, 1, 1, 0, 0, IsRetoned: true, IsMarked: true);
        Assert.Equal(PixelVerdict.Same, FingerprintRule.Of(toned, new DuplicateOptions()));
        Assert.Equal(PixelVerdict.Agree, FingerprintRule.Of(toned with { Correlation = 0.99 }, new DuplicateOptions()));
    }

    public static TheoryData<Alignment> Others =>
        [
            ColoursCutOff with
            {
                Correlation = 0.99,
            },
            ColoursCutOff with
            {
                Agreement = 0.86,
            },
            ColoursCutOff with
            {
                Moved = 0.2,
            },
            ColoursCutOff with
            {
                Changed = 0.3,
            },
            ColoursCutOff with
            {
                Added = 0.04,
            },
            ColoursCutOff with
            {
                DominantToneShare = 0.6,
            },
            ColoursCutOff with
            {
                IsRetoned = false,
            },
        ];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_differs_by_more_is_not(Alignment alignment) =>
        Assert.Equal(PixelVerdict.Differ, FingerprintRule.Of(alignment, new DuplicateOptions()));
}
