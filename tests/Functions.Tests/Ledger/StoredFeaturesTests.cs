using Functions.Tests.Features;
using Serverless.Features;
using Serverless.Ledger;

namespace Functions.Tests.Ledger;

public sealed class StoredFeaturesTests
{
    private static readonly VisualFeatures Drawn = new DrawnPicture(400, 300, DrawnPicture.Colour("#e8dcc0"))
        .Circle(0.2, 0.7, 0.15, DrawnPicture.Colour("#cc2222"))
        .Box(0.7, 0, 1, 1, DrawnPicture.Colour("#3366cc"))
        .Features();

    [Fact]
    public void What_is_kept_comes_back_in_less_than_forty_bytes()
    {
        var bytes = StoredFeatures.ToBytes(Drawn)!;
        Assert.InRange(bytes.Length, 1, 40);
        var back = StoredFeatures.Parse(bytes)!;
        Assert.Equal(Drawn with { Palette = [], Subject = null }, back with { Palette = [], Subject = null });
        Assert.Equal(Drawn.Palette.Select(colour => colour.Hex), back.Palette.Select(colour => colour.Hex));
        Assert.Equal(Drawn.Subject?.Place, back.Subject?.Place);
        Assert.InRange(back.Subject!.Value.Left - Drawn.Subject!.Value.Left, -0.002, 0.002);
        Assert.Equal(bytes, StoredFeatures.ToBytes(back));
        Assert.Null(StoredFeatures.Parse(StoredFeatures.ToBytes(null)));
    }

    [Fact]
    public void What_another_version_wrote_or_damage_left_is_as_good_as_nothing()
    {
        var bytes = StoredFeatures.ToBytes(Drawn)!;
        Assert.Null(StoredFeatures.Parse([2, .. bytes[1..]]));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Null(StoredFeatures.Parse(bytes[..length]));
        }

        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = bytes.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (StoredFeatures.Parse(damaged) is { } read)
            {
                Assert.NotEmpty(read.Colours);
                Assert.NotNull(read.Subject is null ? "" : read.Subject.Value.Place.ToString());
            }
        }
    }
}
