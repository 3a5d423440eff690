using NetVips;

namespace Bench.Quality.Drawings;

/// <summary>One portrait (NASA's of Eileen Collins, public domain), its mouth or eyes bent as a retoucher would.</summary>
internal static class AlteredFaces
{
    /// <summary>Where mouth and eyes are in the picture of 512 × 512, and how far each reaches, in points.</summary>
    private static readonly (string Name, double X, double Y, double Radius)[] Parts =
    [
        ("mouth", 226, 158, 24),
        ("left eye", 203, 113, 16),
        ("right eye", 246, 110, 16),
    ];

    public static IEnumerable<HardPair> Of(Image portrait)
    {
        for (var index = 0; index < 40; index++)
        {
            var random = new Random(index);
            var (name, x, y, radius) = Parts[index % Parts.Length];
            var bend = (random.Next(2) == 0 ? 1 : -1) * radius * (0.35 + (random.NextDouble() * 0.25));
            using var altered = Bent(portrait, x, y, radius, bend, index % 2 == 0);
            yield return new HardPair("altered faces", $"{name} {index}", portrait.PngsaveBuffer(), altered.PngsaveBuffer());
        }
    }

    /// <summary>
    /// Moves the points around a place: its middle by <paramref name="bend"/>, or its ends against its middle, fading to nothing at twice
    /// the radius.
    /// </summary>
    private static Image Bent(Image picture, double x, double y, double radius, double bend, bool isCurved)
    {
        using var index = Image.Xyz(picture.Width, picture.Height);
        using var across = (index[0] - x) / radius;
        using var down = (index[1] - y) / radius;
        using var fall = ((across * across / 2) + (down * down)) * -1;
        using var weight = fall.Math(Enums.OperationMath.Exp);
        using var shape = isCurved ? (across * across * 2) - 0.8 : (across * 0) + 1;
        using var moved = index[1] - (weight * shape * bend);
        using var map = index[0].Bandjoin(moved);
        return picture.Mapim(map, interpolate: Interpolate.NewFromName("bicubic")).CopyMemory();
    }
}
