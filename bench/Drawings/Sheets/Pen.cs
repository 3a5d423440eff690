using SkiaSharp;

namespace Bench.Drawings.Sheets;

/// <summary>Draws lines of one colour; lengths in points of the sheet, before turns and moves of the canvas.</summary>
internal sealed class Pen(SKCanvas canvas, SKColor ink, SKColor paper, double width)
{
    public SKCanvas Canvas => canvas;

    public double Width => width;

    public Pen Thin => new(canvas, ink, paper, Math.Max(1, width * 0.55));

    public Pen Thick => new(canvas, ink, paper, width * 1.8);

    public void Line(double x, double y, double toX, double toY) =>
        Stroke(paint => canvas.DrawLine((float)x, (float)y, (float)toX, (float)toY, paint));

    public void Box(double x, double y, double across, double down, double radius = 0) =>
        Stroke(paint => canvas.DrawRoundRect(Rect(x, y, across, down), (float)radius, (float)radius, paint));

    public void Circle(double x, double y, double radius) => Stroke(paint => canvas.DrawCircle((float)x, (float)y, (float)radius, paint));

    public void Oval(double x, double y, double across, double down) => Stroke(paint => canvas.DrawOval(Rect(x, y, across, down), paint));

    /// <param name="from">Degrees from the right, clockwise.</param>
    public void Arc(double x, double y, double radius, double from, double sweep) =>
        Stroke(paint => canvas.DrawArc(Rect(x - radius, y - radius, 2 * radius, 2 * radius), (float)from, (float)sweep, false, paint));

    public void Path(bool closed, params (double X, double Y)[] points)
    {
        using var path = Shape(points, closed);
        Stroke(paint => canvas.DrawPath(path, paint));
    }

    public void Fill(params (double X, double Y)[] points)
    {
        using var path = Shape(points, true);
        using var paint = new SKPaint { Color = ink, IsAntialias = true };
        canvas.DrawPath(path, paint);
    }

    public void FillBox(double x, double y, double across, double down) =>
        Fill((x, y), (x + across, y), (x + across, y + down), (x, y + down));

    public void Dot(double x, double y, double radius)
    {
        using var paint = new SKPaint { Color = ink, IsAntialias = true };
        canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
    }

    /// <summary>Covers what is there with paper.</summary>
    public void Clear(double x, double y, double across, double down)
    {
        using var paint = new SKPaint { Color = paper };
        canvas.DrawRect(Rect(x, y, across, down), paint);
    }

    public void Dashed(double x, double y, double toX, double toY, double dash)
    {
        using var effect = SKPathEffect.CreateDash([(float)dash, (float)(dash * 0.4), (float)(dash * 0.2), (float)(dash * 0.4)], 0);
        using var paint = Paint();
        paint.PathEffect = effect;
        canvas.DrawLine((float)x, (float)y, (float)toX, (float)toY, paint);
    }

    /// <summary>Parallel lines at 45° within a box.</summary>
    public void Hatch(double x, double y, double across, double down, double step)
    {
        canvas.Save();
        canvas.ClipRect(Rect(x, y, across, down));
        for (var at = -down; at < across; at += step)
        {
            Line(x + at, y + down, x + at + down, y);
        }

        canvas.Restore();
    }

    /// <summary>Draws with the origin at a place and turned by quarters, a symbol of a size that then is within the box.</summary>
    public void Turned(SKRect box, int quarters, bool mirrored, Action<double, double> draw)
    {
        canvas.Save();
        canvas.Translate(box.MidX, box.MidY);
        canvas.RotateDegrees(90 * quarters);
        canvas.Scale(mirrored ? -1 : 1, 1);
        var (across, down) = quarters % 2 == 0 ? (box.Width, box.Height) : (box.Height, box.Width);
        canvas.Translate(-across / 2, -down / 2);
        draw(across, down);
        canvas.Restore();
    }

    private static SKRect Rect(double x, double y, double across, double down) =>
        new((float)x, (float)y, (float)(x + across), (float)(y + down));

    private static SKPath Shape((double X, double Y)[] points, bool closed)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo((float)points[0].X, (float)points[0].Y);
        foreach (var (x, y) in points.Skip(1))
        {
            builder.LineTo((float)x, (float)y);
        }

        if (closed)
        {
            builder.Close();
        }

        return builder.Detach();
    }

    private void Stroke(Action<SKPaint> draw)
    {
        using var paint = Paint();
        draw(paint);
    }

    private SKPaint Paint() =>
        new()
        {
            Color = ink,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)width,
        };
}
