namespace Serverless.Duplicates.PixelMatching;

/// <summary>Least squares for the change of colours, with little weight for what does not follow.</summary>
internal static class TintFit
{
    private const int Unknowns = 6;
    private const int Width = Unknowns + 1;
    private const int Rounds = 5;

    /// <summary>Scale, turn and tint of the two colour differences; brightness is left as it is.</summary>
    public static ColourAdjustment.Tint Colours(Ycc[] from, Ycc[] to)
    {
        Span<double> system = stackalloc double[Unknowns * Width];
        var tint = new ColourAdjustment.Tint(ToneCubic.Identity, 1, 0, 0, 0, 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var tolerance = round == 0 ? double.PositiveInfinity : Tolerance(tint, from, to);
            system.Clear();
            for (var at = 0; at < from.Length; at++)
            {
                var (colour, target) = (from[at], to[at]);
                var now = tint.Apply(colour);
                var apart = Math.Sqrt(Square(now.Blue - target.Blue) + Square(now.Red - target.Red));
                var weight =
                    round == 0 ? 1 / (8 + apart)
                    : apart >= tolerance ? 0
                    : Square(1 - Square(apart / tolerance));
                var share = colour.Y / 255;
                LinearSystem.Add(system, [colour.Blue, -colour.Red, 1, share, 0, 0, target.Blue], weight);
                LinearSystem.Add(system, [colour.Red, colour.Blue, 0, 0, 1, share, target.Red], weight);
            }

            Regularise(system, from.Length);
            if (!LinearSystem.TrySolve(system, Unknowns))
            {
                return tint;
            }

            tint = tint with
            {
                Along = system[Unknowns],
                Across = system[Width + Unknowns],
                BlueTint = system[(2 * Width) + Unknowns],
                BlueSlope = system[(3 * Width) + Unknowns],
                RedTint = system[(4 * Width) + Unknowns],
                RedSlope = system[(5 * Width) + Unknowns],
            };
        }

        return tint;
    }

    /// <summary>What of the two colour differences goes into the brightness that shades of one colour are made of.</summary>
    public static (double Blue, double Red) Shares(Ycc[] from, Ycc[] to, ColourAdjustment.Toned toned, double most)
    {
        double bb = 1,
            br = 0,
            rr = 1,
            be = 0,
            re = 0;
        for (var at = 0; at < from.Length; at++)
        {
            if (to[at].Y is > 4 and < 251)
            {
                var error = to[at].Y - toned.Apply(from[at]).Y;
                var weight = 1 / (8 + Math.Abs(error));
                bb += weight * Square(from[at].Blue);
                br += weight * from[at].Blue * from[at].Red;
                rr += weight * Square(from[at].Red);
                be += weight * error * from[at].Blue;
                re += weight * error * from[at].Red;
            }
        }

        var determinant = (bb * rr) - (br * br) + 1e-9;
        return (
            Math.Clamp(toned.BlueShare + (((rr * be) - (br * re)) / determinant), -most, most),
            Math.Clamp(toned.RedShare + (((bb * re) - (br * be)) / determinant), -most, most)
        );
    }

    private static double Tolerance(ColourAdjustment.Tint tint, Ycc[] from, Ycc[] to)
    {
        var errors = new double[from.Length];
        for (var at = 0; at < errors.Length; at++)
        {
            var now = tint.Apply(from[at]);
            errors[at] = Math.Sqrt(Square(now.Blue - to[at].Blue) + Square(now.Red - to[at].Red));
        }

        return Math.Max(5, 4 * OrderStatistic.Median<double>(errors));
    }

    /// <summary>Colours that nothing tells of stay as they are.</summary>
    private static void Regularise(Span<double> system, int count)
    {
        for (var row = 0; row < Unknowns; row++)
        {
            system[(row * Width) + row] += 1e-3 * count;
            system[(row * Width) + Unknowns] += row == 0 ? 1e-3 * count : 0;
        }
    }

    private static double Square(double value) => value * value;
}
