using NetVips;

namespace Functions.Tests.Search;

/// <summary>A simple figure of one colour on white.</summary>
internal static class DrawnShape
{
    private const int Side = 256;
    private const int Samples = 3;

    private static readonly Dictionary<string, byte[]> Colours = new()
    {
        ["red"] = [0xd3, 0x3a, 0x2c],
        ["blue"] = [0x2f, 0x6f, 0xd1],
        ["green"] = [0x3f, 0x91, 0x42],
        ["yellow"] = [0xf2, 0xc8, 0x11],
        ["black"] = [0x1d, 0x1c, 0x1a],
        ["orange"] = [0xf0, 0x8a, 0x24],
        ["purple"] = [0x7d, 0x3f, 0xb3],
        ["pink"] = [0xf0, 0x6f, 0xae],
    };

    /// <summary>Whether a point is in the figure; both from -1 to 1, y downwards.</summary>
    private static readonly Dictionary<string, Func<double, double, bool>> Figures = new()
    {
        ["circle"] = (x, y) => (x * x) + (y * y) < 0.42,
        ["square"] = (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) < 0.6,
        ["triangle"] = (x, y) => y < 0.65 && Math.Abs(x) < (y + 0.7) * 0.55,
        ["star"] = (x, y) =>
        {
            var (angle, radius) = (Math.Atan2(x, -y), Math.Sqrt((x * x) + (y * y)));
            var fifth = 2 * Math.PI / 5;
            var turn = Math.Abs(angle - (Math.Round(angle / fifth) * fifth));
            return radius < 0.31 / Math.Cos((Math.PI * 2 / 5) - turn) && radius < 0.78;
        },
        ["heart"] = (x, y) =>
        {
            var (a, b) = (x * 1.45, (0.12 - y) * 1.45);
            var round = (a * a) + (b * b) - 1;
            return (round * round * round) - (a * a * b * b * b) < 0;
        },
        ["house"] = (x, y) =>
            (y < 0 && y > -0.7 && Math.Abs(x) < (y + 0.7) * 1.1)
            || (y is >= 0 and < 0.65 && Math.Abs(x) < 0.55 && !(Math.Abs(x) < 0.14 && y > 0.2)),
        ["tree"] = (x, y) => (x * x) + ((y + 0.25) * (y + 0.25)) < 0.27 || (Math.Abs(x) < 0.1 && y is > 0 and < 0.8),
        ["mug"] = (x, y) =>
            (x is > -0.6 and < 0.35 && Math.Abs(y) < 0.6)
            || (x >= 0.35 && Math.Sqrt(((x - 0.35) * (x - 0.35)) + (y * y)) is > 0.2 and < 0.34),
    };

    public static byte[] Jpeg(string figure, string colour)
    {
        var pixels = new byte[Side * Side * 3];
        for (var at = 0; at < Side * Side; at++)
        {
            var share = Covered(Figures[figure], at % Side, at / Side);
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[(at * 3) + channel] = (byte)Math.Round(255 + (share * (Colours[colour][channel] - 255)));
            }
        }

        using var image = Image.NewFromMemoryCopy(pixels, Side, Side, 3, Enums.BandFormat.Uchar);
        using var srgb = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return srgb.JpegsaveBuffer(q: 90);
    }

    private static double Covered(Func<double, double, bool> figure, int x, int y)
    {
        var inside = 0;
        for (var sample = 0; sample < Samples * Samples; sample++)
        {
            double across = x + (((sample % Samples) + 0.5) / Samples),
                down = y + (((sample / Samples) + 0.5) / Samples);
            inside += figure((across * 2 / Side) - 1, (down * 2 / Side) - 1) ? 1 : 0;
        }

        return (double)inside / (Samples * Samples);
    }
}
