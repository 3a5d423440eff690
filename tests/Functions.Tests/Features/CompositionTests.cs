using Serverless.Features;

namespace Functions.Tests.Features;

/// <summary>Pictures of which it is known what is where.</summary>
public sealed class CompositionTests
{
    private static readonly (byte, byte, byte) Red = DrawnPicture.Colour("#cc2222");
    private static readonly (byte, byte, byte) Sand = DrawnPicture.Colour("#e8dcc0");

    [Theory]
    [InlineData(0.2, 0.2, "Left, Top")]
    [InlineData(0.5, 0.2, "Top")]
    [InlineData(0.8, 0.2, "Right, Top")]
    [InlineData(0.2, 0.5, "Left")]
    [InlineData(0.5, 0.5, "Center")]
    [InlineData(0.8, 0.5, "Right")]
    [InlineData(0.2, 0.8, "Left, Bottom")]
    [InlineData(0.5, 0.8, "Bottom")]
    [InlineData(0.8, 0.8, "Right, Bottom")]
    public void A_subject_is_found_in_each_of_nine_places(double x, double y, string place)
    {
        var features = new DrawnPicture(400, 300, Sand).Circle(x, y, 0.15, Red).Grain(4).Features();
        var subject = features.Subject!.Value;
        Assert.Equal(place, subject.Place.ToString());
        Assert.InRange(subject.Left, x - 0.1125 - 0.02, x - 0.1125 + 0.02);
        Assert.InRange(subject.Right, x + 0.1125 - 0.02, x + 0.1125 + 0.02);
        Assert.InRange(subject.Top, y - 0.15 - 0.02, y - 0.15 + 0.02);
        Assert.InRange(subject.Bottom, y + 0.15 - 0.02, y + 0.15 + 0.02);
        Assert.InRange(subject.Certainty, 0.8, 1);
        Assert.True(features.IsIsolated);
    }

    [Fact]
    public void A_subject_stands_out_from_a_landscape_as_well()
    {
        var features = new DrawnPicture(400, 300, DrawnPicture.Colour("#8fb8e8"))
            .Box(0, 0.6, 1, 1, DrawnPicture.Colour("#4f8a3a"))
            .Box(0.1, 0.35, 0.25, 0.75, Red)
            .Grain(3)
            .Features();
        Assert.Equal(Places.Left, features.Subject!.Value.Place);
        Assert.InRange(features.Subject!.Value.Right, 0.23, 0.27);
        Assert.False(features.IsIsolated);
        Assert.Equal(Places.Right | Places.Top, features.CopySpace);
    }

    [Fact]
    public void Where_everything_is_alike_nothing_is_the_subject()
    {
        var random = new Random(3);
        var busy = new DrawnPicture(320, 240, Sand);
        for (var shape = 0; shape < 400; shape++)
        {
            var colour = ((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));
            busy.Circle(random.NextDouble(), random.NextDouble(), 0.06, colour);
        }

        var features = busy.Features();
        Assert.Null(features.Subject);
        Assert.Equal((false, Places.None), (features.IsIsolated, features.CopySpace));
    }

    [Theory]
    [InlineData(0.75, "Left")]
    [InlineData(0.25, "Right")]
    [InlineData(0.5, "None")]
    public void Words_have_room_beside_the_subject(double x, string room) =>
        Assert.Equal(room, new DrawnPicture(600, 300, Sand).Box(x - 0.2, 0.05, x + 0.2, 0.95, Red).Features().CopySpace.ToString());

    [Theory]
    [InlineData(0.4, "CloseUp")]
    [InlineData(0.2, "Medium")]
    [InlineData(0.08, "Wide")]
    public void How_much_the_subject_takes_tells_how_near_it_is(double half, string framing) =>
        Assert.Equal(
            framing,
            new DrawnPicture(200, 200, Sand)
                .Box(0.5 - half, 0.5 - half, 0.5 + half, 0.5 + half, Red)
                .Features()
                .Subject!.Value.Framing.ToString()
        );

    [Fact]
    public void Symmetry_is_that_of_left_and_right()
    {
        var even = new DrawnPicture(200, 200, Sand).Box(0.1, 0, 0.3, 1, Red).Box(0.7, 0, 0.9, 1, Red);
        Assert.InRange(even.Features().Symmetry, 95, 100);
        Assert.InRange(new DrawnPicture(200, 200, Sand).Box(0, 0, 0.5, 1, Red).Features().Symmetry, 0, 5);
    }

    [Fact]
    public void Blur_takes_sharpness_away_bit_by_bit()
    {
        static DrawnPicture Stripes() => new DrawnPicture(400, 300, Sand).Paint((x, _, old) => (int)(x * 16) % 2 == 0 ? Red : old);
        var sharp = Enumerable.Range(0, 5).Select(radius => Stripes().Blurred(radius).Features().Sharpness).ToArray();
        Assert.InRange(sharp[0], 95, 100);
        Assert.Equal(sharp.OrderDescending(), sharp);
        Assert.InRange(sharp[4], 0, 25);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(15)]
    public void Noise_is_the_deviation_of_the_grain_whatever_is_drawn(double deviation)
    {
        var drawn = new DrawnPicture(400, 300, DrawnPicture.Colour("#909090")).Circle(0.4, 0.5, 0.3, DrawnPicture.Colour("#505870"));
        Assert.InRange(drawn.Grain(deviation).Features().Noise, (4 * deviation * 0.7) - 1, (4 * deviation * 1.1) + 1);
    }

    [Theory]
    [InlineData(400, 300, "Landscape")]
    [InlineData(300, 400, "Portrait")]
    [InlineData(400, 390, "Square")]
    [InlineData(1000, 400, "Panorama")]
    [InlineData(400, 1000, "Panorama")]
    public void Sides_tell_the_orientation(int width, int height, string orientation) =>
        Assert.Equal(orientation, Shape.OrientationOf(width, height).ToString());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 900)]
    [InlineData(900, 1)]
    [InlineData(3, 2)]
    public void Pictures_of_a_few_points_have_features_too(int width, int height) =>
        Assert.NotEmpty(new DrawnPicture(width, height, Red).Features().Palette);
}
