using Functions.Tests.Imaging;
using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Embeddings;

/// <summary>A few things of simple form, each drawn twice: as a thin black outline, and filled with a colour.</summary>
internal static class Shapes
{
    private const int Side = 160;

    private static readonly (string Name, (double X, double Y)[] Corners, byte[] Colour)[] All =
    [
        (
            "heart",
            Curve(
                t => (16 * Math.Pow(Math.Sin(t), 3), (5 * Math.Cos(2 * t)) + (2 * Math.Cos(3 * t)) + Math.Cos(4 * t) - (13 * Math.Cos(t))),
                17
            ),
            [215, 35, 35]
        ),
        ("star", Curve(t => (Math.Sin(t) * Pointed(t), -Math.Cos(t) * Pointed(t)), 1, 10), [245, 200, 30]),
        (
            "house",
            [(-0.8, 0.9), (-0.8, -0.1), (0, -0.9), (0.8, -0.1), (0.8, 0.9), (0.2, 0.9), (0.2, 0.3), (-0.2, 0.3), (-0.2, 0.9)],
            [150, 90, 50]
        ),
        ("arrow", [(-0.9, -0.25), (0.1, -0.25), (0.1, -0.7), (0.9, 0), (0.1, 0.7), (0.1, 0.25), (-0.9, 0.25)], [35, 85, 215]),
        ("moon", [.. Arc(0.35, 5.93, 0, 0.9), .. Arc(5.3, 0.98, 0.35, 0.68)], [240, 215, 110]),
    ];

    public static IEnumerable<(string Name, CheckedImage Image)> Outlines =>
        All.Select(shape =>
            (
                shape.Name,
                Draw(
                    (x, y) =>
                        Enumerable
                            .Range(0, shape.Corners.Length)
                            .Any(i => Distance(x, y, shape.Corners[i], shape.Corners[(i + 1) % shape.Corners.Length]) < 0.035),
                    [20, 20, 20]
                )
            )
        );

    public static IEnumerable<(string Name, CheckedImage Image)> Coloured =>
        All.Select(shape => (shape.Name, Draw((x, y) => Inside(x, y, shape.Corners), shape.Colour)));

    private static CheckedImage Draw(Func<double, double, bool> covered, byte[] colour)
    {
        var pixels = new byte[Side * Side * 3];
        for (var i = 0; i < Side * Side; i++)
        {
            var (x, y) = ((((i % Side) + 0.5) / Side * 2.4) - 1.2, (((i / Side) + 0.5) / Side * 2.4) - 1.2);
            (covered(x, y) ? colour : [255, 255, 255]).CopyTo(pixels, i * 3);
        }

        using var image = Image.NewFromMemory(pixels, Side, Side, 3, Enums.BandFormat.Uchar);
        return Pictures.Accepted(image.PngsaveBuffer());
    }

    private static (double X, double Y)[] Curve(Func<double, (double X, double Y)> at, double size, int corners = 60) =>
        [.. Enumerable.Range(0, corners).Select(i => at(2 * Math.PI * i / corners)).Select(p => (p.X / size, p.Y / size))];

    private static IEnumerable<(double X, double Y)> Arc(double from, double to, double middle, double radius) =>
        Enumerable
            .Range(0, 31)
            .Select(i => from + ((to - from) * i / 30))
            .Select(t => (middle + (radius * Math.Cos(t)), radius * Math.Sin(t)));

    private static double Pointed(double angle) => (int)Math.Round(angle / Math.PI * 5) % 2 == 0 ? 1 : 0.42;

    private static bool Inside(double x, double y, (double X, double Y)[] corners)
    {
        var inside = false;
        for (var (i, j) = (0, corners.Length - 1); i < corners.Length; j = i++)
        {
            var (a, b) = (corners[i], corners[j]);
            inside ^= a.Y > y != b.Y > y && x < ((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X;
        }

        return inside;
    }

    private static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        var (dx, dy) = (b.X - a.X, b.Y - a.Y);
        var t = Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / Math.Max((dx * dx) + (dy * dy), 1e-9), 0, 1);
        return Math.Sqrt(Math.Pow(x - a.X - (t * dx), 2) + Math.Pow(y - a.Y - (t * dy), 2));
    }
}
