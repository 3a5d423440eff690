using Serverless.Duplicates.PixelMatching;

namespace Functions.Tests.Duplicates.PixelMatching;

public sealed class MappingTests
{
    private static readonly Mapping Half = new(0.5, 0.25, 3, -1);

    [Fact]
    public void Its_inverse_leads_back() => Assert.Equal((7, 12), (Half.Inverse.X(Half.X(7)), Half.Inverse.Y(Half.Y(12))));

    [Fact]
    public void It_can_be_printed() => Assert.Equal("0.5 x + 3, 0.25 y + -1", Half.ToString());
}
