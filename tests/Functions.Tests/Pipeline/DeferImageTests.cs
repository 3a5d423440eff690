using Serverless.Pipeline.Steps;

namespace Functions.Tests.Pipeline;

public sealed class DeferImageTests
{
    [Theory]
    [InlineData(0, null, 5)]
    [InlineData(3, null, 5)]
    [InlineData(40, null, 40)]
    [InlineData(86400, null, 600)]
    [InlineData(0, 60, 60)]
    [InlineData(90, 60, 90)]
    [InlineData(0, 86400, 600)]
    public void An_image_waits_as_long_again_as_it_has_waited_or_as_the_provider_asks_within_bounds(int waited, int? asked, int delay) =>
        Assert.Equal(
            TimeSpan.FromSeconds(delay),
            DeferImage.DelayOf(
                TimeSpan.FromSeconds(waited),
                asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                DeferImage.Longest
            )
        );
}
