using Serverless.Duplicates;
using Serverless.Images;

namespace Functions.Tests.Duplicates;

public sealed class OrderingRulesTests
{
    [Theory]
    [InlineData(1, "b", 2, "a", true)]
    [InlineData(2, "a", 1, "b", false)]
    [InlineData(1, "a", 1, "b", true)]
    [InlineData(1, "b", 1, "a", false)]
    [InlineData(1, "a", 1, "a", false)]
    public void Of_two_live_images_the_earlier_precedes_and_at_one_place_exactly_one(
        long sequence,
        string id,
        long mine,
        string myId,
        bool precedes
    ) => Assert.Equal(precedes, OrderingRules.Precedes(ImageState.Indexed, new Place(sequence, id), new Place(mine, myId)));

    [Theory]
    [InlineData(ImageState.Announced)]
    [InlineData(ImageState.Quarantining)]
    [InlineData(ImageState.Quarantined)]
    [InlineData(ImageState.Removed)]
    public void What_is_not_live_precedes_nothing(object state) =>
        Assert.False(OrderingRules.Precedes((ImageState)state, new Place(1, "a"), new Place(2, "b")));
}
