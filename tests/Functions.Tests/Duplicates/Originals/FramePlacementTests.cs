using Serverless.Duplicates.Originals;
using Serverless.Duplicates.PixelMatching;

namespace Functions.Tests.Duplicates.Originals;

public sealed class FramePlacementTests
{
    private static readonly DetailMatch Whole = Match(SharedArea.Whole, SharedArea.Whole);

    [Fact]
    public void A_ball_that_is_at_the_same_place_in_both_films_agrees() =>
        Assert.True(FramePlacement.Agrees(Whole, Match(new SharedArea(0.3, 0.4, 0.1, 0.1), new SharedArea(0.305, 0.4, 0.1, 0.1))));

    [Theory]
    [InlineData(0.6, 0.4), InlineData(0.3, 0.1)]
    public void A_ball_that_is_elsewhere_does_not(double left, double top) =>
        Assert.False(FramePlacement.Agrees(Whole, Match(new SharedArea(0.3, 0.4, 0.1, 0.1), new SharedArea(left, top, 0.1, 0.1))));

    [Fact]
    public void A_film_within_a_border_agrees_where_every_frame_lies_within_it()
    {
        var inside = Match(SharedArea.Whole, new SharedArea(0.1, 0.1, 0.8, 0.8));
        Assert.True(FramePlacement.Agrees(inside, inside));
        Assert.True(FramePlacement.Agrees(inside, Match(new SharedArea(0.5, 0.5, 0.25, 0.25), new SharedArea(0.5, 0.5, 0.2, 0.2))));
        Assert.False(FramePlacement.Agrees(inside, Whole));
    }

    private static DetailMatch Match(SharedArea a, SharedArea b) => new(DetailVerdict.Same, [], 0, a, b, Advantages.None, Advantages.None);
}
