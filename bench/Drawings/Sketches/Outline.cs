namespace Bench.Drawings.Sketches;

/// <summary>
/// The few lines with which people draw a symbol from memory, as strokes on a square of 1. Not how the sheets draw it: fewer treads and
/// teeth, no second outlines, other proportions.
/// </summary>
internal static class Outline
{
    public static List<(double X, double Y)[]> Of(Symbol symbol, Random random) =>
        symbol switch
        {
            Symbol.SpiralStair => SpiralStair(random),
            Symbol.StraightStair => StraightStair(random),
            Symbol.Bathtub => Bathtub(random),
            Symbol.Toilet => Toilet(random),
            Symbol.TableWithChairs => Table(random),
            Symbol.Gear => Gear(random),
            Symbol.Spring => Spring(random),
            Symbol.Flange => Flange(random),
            _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "No outline."),
        };

    private static List<(double X, double Y)[]> SpiralStair(Random random)
    {
        var strokes = new List<(double, double)[]> { Oval(0.5, 0.5, 0.47, 0.47) };
        var (steps, hub) = (random.Next(8, 15), random.Next(3) > 0 ? 0.07 + (random.NextDouble() * 0.06) : 0.01);
        if (hub > 0.02)
        {
            strokes.Add(Oval(0.5, 0.5, hub, hub));
        }

        for (var step = 0; step < steps; step++)
        {
            strokes.Add([Around(hub, step, steps), Around(0.47, step, steps)]);
        }

        return strokes;
    }

    private static List<(double X, double Y)[]> StraightStair(Random random)
    {
        var (down, steps) = (0.26 + (random.NextDouble() * 0.16), random.Next(6, 12));
        var strokes = new List<(double, double)[]> { Box(0.02, 0.3, 0.96, down) };
        for (var step = 1; step < steps; step++)
        {
            var x = 0.02 + (0.96 * step / steps);
            strokes.Add([(x, 0.3), (x, 0.3 + down)]);
        }

        if (random.Next(2) == 0)
        {
            var y = 0.3 + (down / 2);
            strokes.Add([(0.06, y), (0.93, y)]);
            strokes.Add([(0.87, y - 0.05), (0.94, y), (0.87, y + 0.05)]);
        }

        return strokes;
    }

    private static List<(double X, double Y)[]> Bathtub(Random random)
    {
        var down = 0.4 + (random.NextDouble() * 0.12);
        var strokes = new List<(double, double)[]> { Box(0.02, 0.25, 0.96, down) };
        strokes.Add(Rounded(0.08, 0.25 + 0.05, 0.84, down - 0.1, random.Next(2) == 0 ? 0.49 : 0.3));
        strokes.Add(Oval(0.17, 0.25 + (down / 2), 0.022, 0.022));
        return strokes;
    }

    private static List<(double X, double Y)[]> Toilet(Random random)
    {
        var tank = 0.2 + (random.NextDouble() * 0.08);
        var strokes = new List<(double, double)[]> { Box(0.22, 0.03, 0.56, tank) };
        strokes.Add(Oval(0.5, tank + 0.03 + ((0.94 - tank) / 2), 0.24 + (random.NextDouble() * 0.03), (0.94 - tank) / 2));
        if (random.Next(2) == 0)
        {
            strokes.Add(Oval(0.5, tank + 0.03 + ((0.94 - tank) * 0.52), 0.15, (0.94 - tank) * 0.32));
        }

        return strokes;
    }

    private static List<(double X, double Y)[]> Table(Random random)
    {
        if (random.Next(3) == 0)
        {
            var strokes = new List<(double, double)[]> { Oval(0.5, 0.5, 0.27, 0.27) };
            strokes.AddRange(Enumerable.Range(0, 4).Select(seat => Around(0.385, seat, 4)).Select(at => Oval(at.X, at.Y, 0.09, 0.09)));
            return strokes;
        }

        var (down, along) = (0.34 + (random.NextDouble() * 0.2), random.Next(2, 4));
        var table = new List<(double, double)[]> { Box(0.18, 0.5 - (down / 2), 0.64, down) };
        for (var seat = 0; seat < along; seat++)
        {
            var x = 0.18 + (0.64 * (seat + 0.5) / along) - 0.07;
            table.Add(Box(x, 0.5 - (down / 2) - 0.17, 0.14, 0.14));
            table.Add(Box(x, 0.5 + (down / 2) + 0.03, 0.14, 0.14));
        }

        if (random.Next(2) == 0)
        {
            table.Add(Box(0.02, 0.43, 0.13, 0.14));
            table.Add(Box(0.85, 0.43, 0.13, 0.14));
        }

        return table;
    }

    private static List<(double X, double Y)[]> Gear(Random random)
    {
        var teeth = random.Next(10, 17);
        var rim = new List<(double, double)>();
        foreach (var tooth in Enumerable.Range(0, teeth))
        {
            rim.Add(Around(0.38, tooth, teeth));
            rim.Add(Around(0.38, tooth + 0.35, teeth));
            rim.Add(Around(0.48, tooth + 0.45, teeth));
            rim.Add(Around(0.48, tooth + 0.8, teeth));
        }

        rim.Add(rim[0]);
        return
        [
            [.. rim],
            Oval(0.5, 0.5, 0.1 + (random.NextDouble() * 0.06), 0.12),
        ];
    }

    private static List<(double X, double Y)[]> Spring(Random random)
    {
        var turns = random.Next(5, 9);
        if (random.Next(2) == 0)
        {
            return
            [
                [.. Enumerable.Range(0, (2 * turns) + 1).Select(i => (0.02 + (0.96 * i / (2 * turns)), i % 2 == 0 ? 0.68 : 0.32))],
            ];
        }

        var coil = Enumerable.Range(0, (turns * 16) + 1).Select(i => i / 16.0);
        return
        [
            [
                .. coil.Select(t =>
                    (0.08 + (0.84 * t / turns) + (0.06 * Math.Sin(t * 2 * Math.PI)), 0.5 + (0.18 * Math.Cos(t * 2 * Math.PI)))
                ),
            ],
        ];
    }

    private static List<(double X, double Y)[]> Flange(Random random)
    {
        var holes = random.Next(4, 8);
        var strokes = new List<(double, double)[]> { Oval(0.5, 0.5, 0.47, 0.47), Oval(0.5, 0.5, 0.16, 0.16) };
        strokes.AddRange(Enumerable.Range(0, holes).Select(hole => Around(0.33, hole, holes)).Select(at => Oval(at.X, at.Y, 0.055, 0.055)));
        return strokes;
    }

    private static (double X, double Y) Around(double radius, double part, double parts)
    {
        var (sine, cosine) = Math.SinCos((part / parts * 2 * Math.PI) - (Math.PI / 2));
        return (0.5 + (radius * cosine), 0.5 + (radius * sine));
    }

    private static (double X, double Y)[] Box(double x, double y, double across, double down) =>
        [(x, y), (x + across, y), (x + across, y + down), (x, y + down), (x, y)];

    private static (double X, double Y)[] Oval(double x, double y, double across, double down) =>
        [.. Enumerable.Range(0, 41).Select(i => (x + (across * Math.Cos(i * Math.PI / 20)), y + (down * Math.Sin(i * Math.PI / 20))))];

    /// <summary>A box with corners rounded by a share of its height.</summary>
    private static (double X, double Y)[] Rounded(double x, double y, double across, double down, double share)
    {
        var radius = down * share;
        (double X, double Y)[] corners =
        [
            (x + across - radius, y + radius),
            (x + across - radius, y + down - radius),
            (x + radius, y + down - radius),
            (x + radius, y + radius),
        ];
        var points = corners
            .SelectMany(
                (corner, i) => Enumerable.Range(0, 7).Select(step => (corner, Angle: ((i - 1) * Math.PI / 2) + (step * Math.PI / 12)))
            )
            .Select(at => (at.corner.X + (radius * Math.Cos(at.Angle)), at.corner.Y + (radius * Math.Sin(at.Angle))));
        return [.. points, (x + across - radius, y)];
    }
}
