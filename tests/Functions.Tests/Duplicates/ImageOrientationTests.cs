using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Duplicates;

public sealed class ImageOrientationTests
{
    public static TheoryData<ImageOrientation> Turns => [.. Enum.GetValues<ImageOrientation>()];

    [Theory]
    [MemberData(nameof(Turns))]
    public void A_fingerprint_turns_as_its_picture_does(ImageOrientation turn)
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
            Enum.GetValues<ImageOrientation>()
                .Select(turn => Convert.ToHexString(turn.Apply(LumaPictures.Scene(5), LumaPictures.Side)))
                .Distinct()
                .Count()
        );
}
