using SearchEmulator.Queries;
using Xunit;

namespace SearchEmulator.Tests.Queries;

/// <summary>The expected scores were recorded from the service, by Microsoft's own SDK tests and sample notebooks.</summary>
public sealed class FusionTests
{
    [Fact]
    public void Two_arms_give_the_recorded_scores()
    {
        // SimpleHybridSearch: seven hotels by words, the nearest three by vector.
        var fused = Fusion.Fuse([new Arm([3, 1, 2, 10, 4, 5, 9], 1), new Arm([3, 5, 1], 1)]);
        Assert.Equal([3, 1, 5, 2, 10, 4, 9], fused.Select(hit => hit.Slot));
        Assert.Equal(
            [
                0.03333333507180214,
                0.032522473484277725,
                0.03177805617451668,
                0.016129031777381897,
                0.01587301678955555,
                0.015625,
                0.01515151560306549,
            ],
            fused.Select(hit => (double)hit.Score)
        );
    }

    [Fact]
    public void Second_in_both_arms_has_the_recorded_score() =>
        Assert.Equal(0.032786883413791656, (double)Fusion.Fuse([new Arm([0, 1], 1), new Arm([0, 1], 1)])[1].Score);

    [Fact]
    public void Weights_give_the_recorded_scores()
    {
        Assert.Equal(0.0416666679084301, (double)Fusion.Fuse([new Arm([0], 2), new Arm([0], 0.5f)])[0].Score);
        Assert.Equal(0.020000001415610313, (double)Fusion.Fuse([new Arm([0], 1), new Arm([0], 0.2f)])[0].Score);
        Assert.Equal(0.01666666753590107, (double)Fusion.Fuse([new Arm([0], 1)])[0].Score);
    }

    [Fact]
    public void Of_equal_scores_the_text_arm_comes_first() =>
        Assert.Equal([7, 8], Fusion.Fuse([new Arm([7], 1), new Arm([8], 1)]).Select(hit => hit.Slot));
}
