using Serverless.Duplicates;
using Serverless.Images;

namespace Functions.Tests.Duplicates;

public sealed class PixelRuleTests
{
    private static readonly Alignment ColoursCutOff = new(0.998, 0.98, 0.2, 0.1, 0, 0.25, 1, 1, 0, 0, IsRetoned: true);

    [Fact]
    public void What_colours_that_are_cut_off_change_is_left_to_the_originals() =>
        Assert.Equal(PixelVerdict.Agree, PixelRule.Of(ColoursCutOff, new DuplicateOptions()));

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
                Paper = 0.6,
            },
            ColoursCutOff with
            {
                IsRetoned = false,
            },
        ];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_differs_by_more_is_not(Alignment alignment) =>
        Assert.Equal(PixelVerdict.Differ, PixelRule.Of(alignment, new DuplicateOptions()));
}
