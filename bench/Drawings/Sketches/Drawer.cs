using Serverless.Imaging;
using SkiaSharp;

namespace Bench.Drawings.Sketches;

/// <summary>A hand: how it wobbles, what it leaves out, which pen it has.</summary>
internal sealed record Drawer(string Name, double Wobble, double Thickness, double Gaps, double Missing, double Squeeze, double Tilt)
{
    private const int Side = 400;

    /// <summary>Whose sketches the descriptor was chosen by.</summary>
    public static readonly Drawer[] Tuning =
    [
        new("steady", 0.006, 4, 0, 0, 0.05, 1),
        new("wobbly", 0.02, 5, 0.1, 0, 0.12, 4),
        new("hasty", 0.014, 3, 0.5, 0.12, 0.15, 5),
    ];

    /// <summary>Whose sketches are reported.</summary>
    public static readonly Drawer[] Report =
    [
        new("plain", 0.009, 5, 0.05, 0.02, 0.08, 2),
        new("thick marker", 0.012, 13, 0.1, 0.03, 0.1, 3),
        new("thin and broken", 0.012, 2, 0.7, 0.08, 0.1, 3),
        new("careless", 0.022, 6, 0.3, 0.1, 0.2, 6),
    ];

    public Pixels Draw(Symbol symbol, int seed)
    {
        var random = new Random((seed * 7919) + ((int)symbol * 101) + Name.Length);
        using var surface = SKSurface.Create(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Premul));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.RotateDegrees((float)(Tilt * Spread(random)), Side / 2f, Side / 2f);
        var (wide, tall) = (1 + (Squeeze * Spread(random)), 1 + (Squeeze * Spread(random)));
        var size = Side * (0.5 + (random.NextDouble() * 0.25));
        using var paint = new SKPaint
        {
            Color = SKColors.Black,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)Thickness,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        var strokes = Outline.Of(symbol, random);
        foreach (var (stroke, i) in strokes.Select((stroke, i) => (stroke, i)))
        {
            if (i > 0 && random.NextDouble() < Missing)
            {
                continue;
            }

            var moved = (X: Wobble * Spread(random), Y: Wobble * Spread(random));
            Trace(surface.Canvas, paint, random, [.. Shaken(stroke, random).Select(at => Place(at.X + moved.X, at.Y + moved.Y))]);
        }

        return Picture(surface);

        (double X, double Y) Place(double x, double y) =>
            ((Side / 2.0) + ((x - 0.5) * size * wide), (Side / 2.0) + ((y - 0.5) * size * tall));
    }

    /// <summary>The stroke in short steps that a slow wave moves aside.</summary>
    private IEnumerable<(double X, double Y)> Shaken((double X, double Y)[] stroke, Random random)
    {
        double phase = random.NextDouble() * 7,
            pace = 9 + (random.NextDouble() * 12),
            gone = 0;
        for (var i = 0; i + 1 < stroke.Length; i++)
        {
            var (from, to) = (stroke[i], stroke[i + 1]);
            var length = Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2));
            var steps = Math.Max(1, (int)(length / 0.02));
            for (var step = 0; step < steps; step++)
            {
                var share = (double)step / steps;
                var along = gone + (length * share);
                yield return (
                    from.X + ((to.X - from.X) * share) + (Wobble * Math.Sin((along * pace) + phase)),
                    from.Y + ((to.Y - from.Y) * share) + (Wobble * Math.Sin((along * pace * 1.3) + (2 * phase)))
                );
            }

            gone += length;
        }

        yield return (stroke[^1].X + (Wobble * Spread(random)), stroke[^1].Y + (Wobble * Spread(random)));
    }

    private void Trace(SKCanvas canvas, SKPaint paint, Random random, (double X, double Y)[] points)
    {
        var gap = random.NextDouble() < Gaps ? random.Next(1, points.Length) : -1;
        for (var i = 0; i + 1 < points.Length; i++)
        {
            if (i != gap)
            {
                canvas.DrawLine((float)points[i].X, (float)points[i].Y, (float)points[i + 1].X, (float)points[i + 1].Y, paint);
            }
        }
    }

    private static double Spread(Random random) => (random.NextDouble() * 2) - 1;

    private static Pixels Picture(SKSurface surface)
    {
        using var drawn = surface.PeekPixels();
        var source = drawn.GetPixelSpan<byte>();
        var rgb = new byte[Side * Side * 3];
        for (var at = 0; at < Side * Side; at++)
        {
            source.Slice(4 * at, 3).CopyTo(rgb.AsSpan(3 * at));
        }

        return new Pixels(rgb, Side, Side, new Extent(0, 0, Side, Side), Side, Side);
    }
}
