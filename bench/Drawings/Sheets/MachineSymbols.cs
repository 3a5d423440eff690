namespace Bench.Drawings.Sheets;

/// <summary>Parts of machines, each in several conventions. A symbol fills a width and a height.</summary>
internal static class MachineSymbols
{
    public static void Gear(Pen pen, Random random, double across, double down)
    {
        var (x, y, radius) = (across / 2, down / 2, Math.Min(across, down) / 2);
        var teeth = random.Next(12, 33);
        var depth = radius * (0.09 + (random.NextDouble() * 0.08));
        var points = new List<(double X, double Y)>();
        foreach (var tooth in Enumerable.Range(0, teeth))
        {
            foreach (var (part, tall) in new[] { (0.0, false), (0.28, false), (0.38, true), (0.72, true), (0.82, false) })
            {
                var (sine, cosine) = Math.SinCos((tooth + part) * 2 * Math.PI / teeth);
                var reach = tall ? radius : radius - depth;
                points.Add((x + (reach * cosine), y + (reach * sine)));
            }
        }

        pen.Path(true, [.. points]);
        var bore = radius * (0.16 + (random.NextDouble() * 0.14));
        pen.Circle(x, y, bore);
        switch (random.Next(4))
        {
            case 0:
                pen.Circle(x, y, radius * 0.68);
                break;
            case 1:
                for (var hole = 0; hole < 5; hole++)
                {
                    var (sine, cosine) = Math.SinCos(hole * 2 * Math.PI / 5);
                    pen.Circle(x + (radius * 0.53 * cosine), y + (radius * 0.53 * sine), radius * 0.14);
                }

                break;
            case 2:
                pen.Box(x - (bore * 0.25), y - (bore * 1.35), bore * 0.5, bore * 0.45);
                break;
            default:
                break;
        }

        Centre(pen, x, y, radius * 1.12);
    }

    public static void Spring(Pen pen, Random random, double across, double down)
    {
        var (coils, variant) = (random.Next(6, 12), random.Next(3));
        var wire = across / coils * 0.34;
        if (variant == 2)
        {
            var zigzag = Enumerable.Range(0, (2 * coils) + 1).Select(i => (across * i / (2.0 * coils), i % 2 == 0 ? down : 0.0));
            pen.Path(false, [.. zigzag]);
            return;
        }

        for (var coil = 0; coil < coils; coil++)
        {
            var (left, step) = (across * coil / coils, across / coils);
            pen.Line(left, down - wire, left + (step / 2), wire);
            pen.Line(left + wire, down - (wire / 2), left + (step / 2) + wire, wire / 2);
            if (variant == 0)
            {
                pen.Thin.Line(left + (step / 2) + wire, wire / 2, left + step, down - wire);
            }

            pen.Arc(left + (wire / 2), down - (wire / 2), wire / 2, 0, 360);
            pen.Arc(left + (step / 2) + (wire / 2), wire / 2, wire / 2, 0, 360);
        }

        pen.Thin.Dashed(-across * 0.05, down / 2, across * 1.05, down / 2, pen.Width * 8);
    }

    public static void Flange(Pen pen, Random random, double across, double down)
    {
        var (x, y, radius) = (across / 2, down / 2, Math.Min(across, down) / 2);
        var holes = random.Next(4, 9);
        pen.Circle(x, y, radius);
        pen.Circle(x, y, radius * (0.26 + (random.NextDouble() * 0.16)));
        var turn = random.Next(2) * Math.PI / holes;
        for (var hole = 0; hole < holes; hole++)
        {
            var (sine, cosine) = Math.SinCos(turn + (hole * 2 * Math.PI / holes));
            pen.Circle(x + (radius * 0.72 * cosine), y + (radius * 0.72 * sine), radius * 0.1);
        }

        if (random.Next(2) == 0)
        {
            pen.Thin.Circle(x, y, radius * 0.72);
        }

        Centre(pen, x, y, radius * 1.1);
    }

    public static void Bearing(Pen pen, Random random, double across, double down)
    {
        var (x, y, radius) = (across / 2, down / 2, Math.Min(across, down) / 2);
        pen.Circle(x, y, radius);
        pen.Circle(x, y, radius * 0.86);
        pen.Circle(x, y, radius * 0.58);
        pen.Circle(x, y, radius * 0.44);
        var balls = random.Next(9, 14);
        for (var ball = 0; ball < balls; ball++)
        {
            var (sine, cosine) = Math.SinCos(ball * 2 * Math.PI / balls);
            pen.Circle(x + (radius * 0.72 * cosine), y + (radius * 0.72 * sine), radius * 0.13);
        }
    }

    public static void HexHead(Pen pen, Random random, double across, double down)
    {
        var (x, y, radius) = (across / 2, down / 2, Math.Min(across, down) / 2);
        pen.Path(
            true,
            [.. Enumerable.Range(0, 6).Select(i => (x + (radius * Math.Cos(i * Math.PI / 3)), y + (radius * Math.Sin(i * Math.PI / 3))))]
        );
        pen.Circle(x, y, radius * 0.84);
        Centre(pen, x, y, radius * 1.15);
    }

    public static void Bolt(Pen pen, Random random, double across, double down)
    {
        var (head, shank) = (across * 0.2, down * 0.5);
        pen.Box(0, 0, head, down);
        pen.Line(0, down * 0.25, head, down * 0.25);
        pen.Line(0, down * 0.75, head, down * 0.75);
        pen.Box(head, (down - shank) / 2, across - head, shank);
        pen.Thin.Line(across * 0.5, (down / 2) - (shank * 0.38), across, (down / 2) - (shank * 0.38));
        pen.Thin.Line(across * 0.5, (down / 2) + (shank * 0.38), across, (down / 2) + (shank * 0.38));
        pen.Thin.Dashed(-across * 0.06, down / 2, across * 1.06, down / 2, pen.Width * 8);
    }

    public static void Shaft(Pen pen, Random random, double across, double down)
    {
        var parts = random.Next(3, 6);
        for (var (part, left) = (0, 0.0); part < parts; part++)
        {
            var (width, height) = (across / parts, down * (0.4 + (random.NextDouble() * 0.6)));
            pen.Box(left, (down - height) / 2, width, height);
            left += width;
        }

        pen.Thin.Dashed(-across * 0.05, down / 2, across * 1.05, down / 2, pen.Width * 8);
    }

    public static void Housing(Pen pen, Random random, double across, double down)
    {
        var wall = Math.Min(across, down) * 0.16;
        pen.Box(0, 0, across, down);
        pen.Box(wall, wall, across - (2 * wall), down - (2 * wall));
        pen.Thin.Hatch(0, 0, across, wall, wall * 0.4);
        pen.Thin.Hatch(0, down - wall, across, wall, wall * 0.4);
        pen.Thin.Hatch(0, wall, wall, down - (2 * wall), wall * 0.4);
        pen.Circle(across * 0.5, down * 0.5, wall);
    }

    public static void Bracket(Pen pen, Random random, double across, double down)
    {
        var thick = Math.Min(across, down) * 0.28;
        pen.Path(true, (0, 0), (thick, 0), (thick, down - thick), (across, down - thick), (across, down), (0, down));
        pen.Circle(thick / 2, thick, thick * 0.2);
        pen.Circle(across - thick, down - (thick / 2), thick * 0.2);
        pen.Line(thick, down - (2 * thick), 2 * thick, down - thick);
    }

    private static void Centre(Pen pen, double x, double y, double reach)
    {
        pen.Thin.Dashed(x - reach, y, x + reach, y, pen.Width * 8);
        pen.Thin.Dashed(x, y - reach, x, y + reach, pen.Width * 8);
    }
}
