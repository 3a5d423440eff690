namespace Bench.Drawings.Sheets;

/// <summary>What stands in rooms, seen from above, each in several conventions. A symbol fills a width and a height.</summary>
internal static class PlanSymbols
{
    public static void SpiralStair(Pen pen, Random random, double across, double down)
    {
        var (x, y, radius) = (across / 2, down / 2, Math.Min(across, down) / 2);
        var (treads, variant) = (random.Next(10, 19), random.Next(4));
        var inner = radius * (0.08 + (random.NextDouble() * 0.16));
        var open = variant == 3 ? 300 : 360;
        pen.Arc(x, y, radius, 0, open);
        if (variant == 1)
        {
            pen.Thin.Arc(x, y, radius * 0.92, 0, open);
        }

        if (variant == 2)
        {
            pen.Dot(x, y, inner);
        }
        else
        {
            pen.Circle(x, y, inner);
        }

        for (var tread = 0; tread <= treads; tread++)
        {
            var (sine, cosine) = Math.SinCos(tread * open * Math.PI / 180 / treads);
            pen.Thin.Line(x + (inner * cosine), y + (inner * sine), x + (radius * cosine), y + (radius * sine));
        }

        if (random.Next(2) == 0)
        {
            pen.Thin.Arc(x, y, radius * 0.62, 20, 250);
        }
    }

    public static void StraightStair(Pen pen, Random random, double across, double down)
    {
        var (treads, variant) = (random.Next(9, 18), random.Next(3));
        pen.Box(0, 0, across, down);
        for (var tread = 1; tread < treads; tread++)
        {
            pen.Thin.Line(across * tread / treads, 0, across * tread / treads, down);
        }

        if (variant > 0)
        {
            pen.Thin.Line(across * 0.03, down / 2, across * 0.95, down / 2);
            pen.Thin.Path(false, (across * 0.9, down * 0.38), (across * 0.96, down / 2), (across * 0.9, down * 0.62));
        }

        if (variant == 2)
        {
            pen.Line(across * 0.55, down * 1.06, across * 0.68, -down * 0.06);
        }
    }

    public static void CornerStair(Pen pen, Random random, double across, double down)
    {
        var (leg, steps) = (Math.Min(across, down) * 0.42, random.Next(5, 9));
        pen.Path(true, (0, 0), (across, 0), (across, leg), (leg, leg), (leg, down), (0, down));
        for (var step = 0; step < steps; step++)
        {
            var (x, y) = (leg + ((across - leg) * step / steps), leg + ((down - leg) * step / steps));
            pen.Thin.Line(x, 0, x, leg);
            pen.Thin.Line(0, y, leg, y);
        }
    }

    public static void Bathtub(Pen pen, Random random, double across, double down)
    {
        var rim = Math.Min(across, down) * (0.08 + (random.NextDouble() * 0.06));
        pen.Box(0, 0, across, down, random.Next(3) == 0 ? rim : 0);
        switch (random.Next(3))
        {
            case 0:
                pen.Box(rim, rim, across - (2 * rim), down - (2 * rim), down * 0.22);
                break;
            case 1:
                pen.Oval(rim, rim, across - (2 * rim), down - (2 * rim));
                break;
            default:
                var half = (down / 2) - rim;
                pen.Path(false, (across - rim - half, rim), (rim, rim), (rim, down - rim), (across - rim - half, down - rim));
                pen.Arc(across - rim - half, down / 2, half, -90, 180);
                break;
        }

        pen.Circle(rim * 2.6, down / 2, down * 0.05);
        if (random.Next(2) == 0)
        {
            pen.Line(rim * 0.2, down / 2, rim * 1.6, down / 2);
        }
    }

    public static void Toilet(Pen pen, Random random, double across, double down)
    {
        var tank = down * (0.22 + (random.NextDouble() * 0.1));
        pen.Box(0, 0, across, tank, random.Next(2) * tank * 0.25);
        var (left, width) = (across * 0.08, across * 0.84);
        switch (random.Next(3))
        {
            case 0:
                pen.Oval(left, tank, width, down - tank);
                pen.Thin.Oval(left + (width * 0.16), tank + ((down - tank) * 0.2), width * 0.68, (down - tank) * 0.66);
                break;
            case 1:
                pen.Oval(left, tank * 0.9, width, down - (tank * 0.9));
                break;
            default:
                var middle = down - (width / 2);
                pen.Line(left, tank, left, middle);
                pen.Line(left + width, tank, left + width, middle);
                pen.Arc(across / 2, middle, width / 2, 0, 180);
                pen.Thin.Oval(left + (width * 0.2), tank + ((down - tank) * 0.15), width * 0.6, (down - tank) * 0.65);
                break;
        }
    }

    public static void TableWithChairs(Pen pen, Random random, double across, double down)
    {
        var chair = Math.Min(across, down) * (0.19 + (random.NextDouble() * 0.05));
        var gap = chair * 0.15;
        var round = Math.Abs(across - down) < 0.05 * across && random.Next(2) == 0;
        var style = random.Next(3);
        if (round)
        {
            pen.Circle(across / 2, down / 2, (across / 2) - chair - gap);
            var chairs = random.Next(4, 7);
            for (var seat = 0; seat < chairs; seat++)
            {
                pen.Canvas.Save();
                pen.Canvas.RotateDegrees(360f * seat / chairs, (float)across / 2, (float)down / 2);
                Chair(pen, style, (across - chair) / 2, 0, chair);
                pen.Canvas.Restore();
            }

            return;
        }

        var ends = random.Next(3) > 0;
        var side = ends ? chair + gap : 0;
        pen.Box(side, chair + gap, across - (2 * side), down - (2 * (chair + gap)));
        var along = Math.Max(1, (int)((across - (2 * side)) / (chair * 1.45)));
        for (var seat = 0; seat < along; seat++)
        {
            var x = side + ((across - (2 * side)) * (seat + 0.5) / along) - (chair / 2);
            Chair(pen, style, x, 0, chair);
            pen.Canvas.Save();
            pen.Canvas.RotateDegrees(180, (float)(x + (chair / 2)), (float)down / 2);
            Chair(pen, style, x, 0, chair);
            pen.Canvas.Restore();
        }

        for (var end = 0; ends && end < 2; end++)
        {
            pen.Canvas.Save();
            pen.Canvas.RotateDegrees(90 + (180 * end), (float)across / 2, (float)down / 2);
            Chair(pen, style, (across - chair) / 2, (down - across) / 2, chair);
            pen.Canvas.Restore();
        }
    }

    private static void Chair(Pen pen, int style, double x, double y, double side)
    {
        switch (style)
        {
            case 0:
                pen.Box(x, y, side, side, side * 0.15);
                break;
            case 1:
                pen.Circle(x + (side / 2), y + (side / 2), side / 2);
                break;
            default:
                pen.Box(x, y + (side * 0.2), side, side * 0.8, side * 0.2);
                pen.Box(x, y, side, side * 0.2);
                break;
        }
    }
}
