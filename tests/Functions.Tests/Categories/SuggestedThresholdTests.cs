using Serverless.Categories;

namespace Functions.Tests.Categories;

public sealed class SuggestedThresholdTests
{
    [Fact]
    public void It_is_between_what_belongs_and_the_many_that_do_not()
    {
        double[] belong = [0.81, 0.79, 0.78, 0.75];
        var others = Enumerable.Range(0, 200).Select(place => 0.4 - (place * 0.0005));
        Assert.InRange(SuggestedThreshold.Of([.. belong, .. others]), 0.4, 0.75);
    }

    [Fact]
    public void Of_few_images_all_belong()
    {
        Assert.Equal(SuggestedThreshold.Otherwise, SuggestedThreshold.Of([]));
        Assert.InRange(SuggestedThreshold.Of([0.5, 0.30004]), 0, 0.30004);
    }
}
