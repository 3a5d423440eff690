namespace Bench.Drawings.Sheets;

/// <summary>What no sketch of the benchmark looks for.</summary>
internal static class Furniture
{
    public static readonly (Action<Pen, Random, double, double> Draw, double Across, double Down)[] All =
    [
        (Bed, 1.6, 2.0),
        (Sink, 0.6, 0.5),
        (Sofa, 2.0, 0.85),
        (Counter, 2.4, 0.6),
        (Plant, 0.7, 0.7),
        (Wardrobe, 1.8, 0.6),
        (Shower, 0.9, 0.9),
        (Washer, 0.6, 0.6),
        (Piano, 1.5, 1.4),
        (PlanSymbols.CornerStair, 2.4, 2.4),
    ];

    private static void Bed(Pen pen, Random random, double across, double down)
    {
        pen.Box(0, 0, across, down);
        pen.Box(across * 0.08, down * 0.05, across * 0.36, down * 0.18, across * 0.04);
        pen.Box(across * 0.56, down * 0.05, across * 0.36, down * 0.18, across * 0.04);
        pen.Line(0, down * 0.32, across, down * 0.32);
        if (random.Next(2) == 0)
        {
            pen.Path(false, (0, down * 0.5), (across * 0.3, down * 0.32));
        }
    }

    private static void Sink(Pen pen, Random random, double across, double down)
    {
        pen.Box(0, 0, across, down);
        pen.Oval(across * 0.12, down * 0.22, across * 0.76, down * 0.68);
        pen.Dot(across / 2, down * 0.16, pen.Width);
        if (random.Next(2) == 0)
        {
            pen.Circle(across / 2, down * 0.55, down * 0.05);
        }
    }

    private static void Sofa(Pen pen, Random random, double across, double down)
    {
        var arm = across * 0.1;
        pen.Box(0, 0, across, down, arm * 0.3);
        pen.Box(arm, down * 0.28, across - (2 * arm), down * 0.72);
        for (var seat = 1; seat < random.Next(2, 4); seat++)
        {
            pen.Line(arm + ((across - (2 * arm)) * seat / 3), down * 0.28, arm + ((across - (2 * arm)) * seat / 3), down);
        }
    }

    private static void Counter(Pen pen, Random random, double across, double down)
    {
        pen.Box(0, 0, across, down);
        for (var plate = 0; plate < 4; plate++)
        {
            pen.Circle((across * 0.12) + (plate % 2 * down * 0.38), (down * 0.3) + (plate / 2 * down * 0.4), down * 0.14);
        }

        pen.Box(across * 0.55, down * 0.18, across * 0.22, down * 0.64, down * 0.08);
        pen.Line(across * 0.4, 0, across * 0.4, down);
    }

    private static void Plant(Pen pen, Random random, double across, double down)
    {
        var leaves = random.Next(5, 9);
        pen.Circle(across / 2, down / 2, across * 0.16);
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var (sine, cosine) = Math.SinCos(leaf * 2 * Math.PI / leaves);
            pen.Thin.Circle((across / 2) + (cosine * across * 0.3), (down / 2) + (sine * down * 0.3), across * 0.17);
        }
    }

    private static void Wardrobe(Pen pen, Random random, double across, double down)
    {
        pen.Box(0, 0, across, down);
        pen.Line(across * 0.03, down / 2, across * 0.97, down / 2);
        for (var hanger = 0; hanger < 5; hanger++)
        {
            var x = across * (0.12 + (hanger * 0.18) + (random.NextDouble() * 0.04));
            pen.Thin.Line(x, down * 0.15, x + (across * 0.03), down * 0.85);
        }
    }

    private static void Shower(Pen pen, Random random, double across, double down)
    {
        pen.Box(0, 0, across, down);
        pen.Thin.Line(0, 0, across, down);
        pen.Thin.Line(across, 0, 0, down);
        pen.Circle(across / 2, down / 2, across * 0.06);
    }

    private static void Washer(Pen pen, Random random, double across, double down)
    {
        pen.Box(0, 0, across, down);
        pen.Circle(across / 2, down * 0.55, across * 0.34);
        pen.Line(0, down * 0.15, across, down * 0.15);
    }

    private static void Piano(Pen pen, Random random, double across, double down)
    {
        pen.Path(
            true,
            (0, 0),
            (across, 0),
            (across, down * 0.3),
            (across * 0.7, down * 0.55),
            (across * 0.55, down),
            (across * 0.2, down),
            (0, down * 0.7)
        );
        pen.Line(0, down * 0.15, across, down * 0.15);
        for (var key = 1; key < 14; key++)
        {
            pen.Thin.Line(across * key / 14, 0, across * key / 14, down * 0.13);
        }
    }
}
