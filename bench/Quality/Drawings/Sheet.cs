using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>What is drawn on: an opaque picture, its origin at the left and top, lengths in points.</summary>
internal sealed class Sheet : IDisposable
{
    private readonly SKSurface surface;

    public Sheet(double width, double height, SKColor ground)
    {
        (Width, Height) = ((int)width, (int)height);
        surface = SKSurface.Create(new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        Canvas.Clear(ground);
    }

    public int Width { get; }

    public int Height { get; }

    public SKCanvas Canvas => surface.Canvas;

    /// <summary>Writes one line; <paramref name="y"/> is its base line. Returns where it ends.</summary>
    public double Text(string text, double x, double y, double size, SKTypeface face, SKColor colour, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(face, (float)size) { Edging = SKFontEdging.Antialias, Subpixel = true };
        using var paint = Fill(colour);
        Canvas.DrawText(text, (float)x, (float)y, align, font, paint);
        return x + font.MeasureText(text);
    }

    public static double Measure(string text, double size, SKTypeface face)
    {
        using var font = new SKFont(face, (float)size) { Subpixel = true };
        return font.MeasureText(text);
    }

    public void Box(double x, double y, double width, double height, SKColor colour, double radius = 0)
    {
        using var paint = Fill(colour);
        Canvas.DrawRoundRect(Rect(x, y, width, height), (float)radius, (float)radius, paint);
    }

    public void Frame(double x, double y, double width, double height, SKColor colour, double stroke = 1, double radius = 0)
    {
        using var paint = Stroke(colour, stroke);
        Canvas.DrawRoundRect(Rect(x, y, width, height), (float)radius, (float)radius, paint);
    }

    public void Line(double x, double y, double toX, double toY, SKColor colour, double stroke = 1)
    {
        using var paint = Stroke(colour, stroke);
        Canvas.DrawLine((float)x, (float)y, (float)toX, (float)toY, paint);
    }

    public void Oval(double x, double y, double radiusX, double radiusY, SKColor colour)
    {
        using var paint = Fill(colour);
        Canvas.DrawOval((float)x, (float)y, (float)radiusX, (float)radiusY, paint);
    }

    public void Ring(double x, double y, double radius, SKColor colour, double stroke)
    {
        using var paint = Stroke(colour, stroke);
        Canvas.DrawCircle((float)x, (float)y, (float)radius, paint);
    }

    public void Wedge(double x, double y, double radius, double from, double sweep, SKColor colour)
    {
        using var paint = Fill(colour);
        Canvas.DrawArc(Rect(x - radius, y - radius, 2 * radius, 2 * radius), (float)from, (float)sweep, true, paint);
    }

    /// <summary>A polygon, filled, or as lines where a stroke is given.</summary>
    public void Shape(IEnumerable<(double X, double Y)> points, SKColor colour, double stroke = 0, bool isClosed = true)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly([.. points.Select(point => new SKPoint((float)point.X, (float)point.Y))], isClosed);
        using var path = builder.Detach();
        using var paint = stroke > 0 ? Stroke(colour, stroke) : Fill(colour);
        Canvas.DrawPath(path, paint);
    }

    public void Shade(SKRect area, SKShader shader)
    {
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        Canvas.DrawRect(area, paint);
    }

    public byte[] Png()
    {
        using var image = surface.Snapshot();
        using var data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    public byte[] Points()
    {
        using var image = surface.Snapshot();
        using var points = image.PeekPixels();
        return points.GetPixelSpan().ToArray();
    }

    public void Dispose() => surface.Dispose();

    private static SKRect Rect(double x, double y, double width, double height) =>
        SKRect.Create((float)x, (float)y, (float)width, (float)height);

    private static SKPaint Fill(SKColor colour) => new() { Color = colour, IsAntialias = true };

    private static SKPaint Stroke(SKColor colour, double stroke) =>
        new()
        {
            Color = colour,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = (float)stroke,
            StrokeJoin = SKStrokeJoin.Round,
            StrokeCap = SKStrokeCap.Round,
        };
}
