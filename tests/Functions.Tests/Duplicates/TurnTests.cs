using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Duplicates;

public sealed class TurnTests
{
    public static TheoryData<Turn> Turns => [.. Enum.GetValues<Turn>()];

    [Theory]
    [MemberData(nameof(Turns))]
    public void A_fingerprint_turns_as_its_picture_does(Turn turn)
    {
        var luma = LumaPictures.Scene(5);
        using var picture = Image.NewFromMemory(luma, LumaPictures.Side, LumaPictures.Side, 1, Enums.BandFormat.Uchar);
        using var turned = turn.Apply(picture);
        Assert.Equal(turned.WriteToMemory<byte>(), turn.Apply(luma, LumaPictures.Side));
    }

    [Fact]
    public void All_ways_to_turn_differ() =>
        Assert.Equal(
            8,
            Enum.GetValues<Turn>()
                .Select(turn => Convert.ToHexString(turn.Apply(LumaPictures.Scene(5), LumaPictures.Side)))
                .Distinct()
                .Count()
        );
}
