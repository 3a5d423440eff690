using Serverless.Drawings;
using SkiaSharp;

namespace Bench.Drawings.Sheets;

/// <summary>A sheet while it is drawn: a pen, and what has been put where.</summary>
internal sealed class Draft : IDisposable
{
    private static readonly (string Ink, string Paper)[] Styles =
    [
        ("#000000", "#ffffff"),
        ("#000000", "#ffffff"),
        ("#303030", "#fdfdfb"),
        ("#1f3d7a", "#ffffff"),
        ("#e8f0ff", "#1d4a8f"),
        ("#9a9a98", "#fbfaf6"),
    ];

    private readonly SKSurface surface;
    private readonly List<Content> contents = [];

    public Draft(Random random, int width, int height)
    {
        (Width, Height, Random) = (width, height, random);
        surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var (ink, paper) = Styles[random.Next(Styles.Length)];
        surface.Canvas.Clear(SKColor.Parse(paper));
        Pen = new Pen(surface.Canvas, SKColor.Parse(ink), SKColor.Parse(paper), 1.2 + (random.NextDouble() * 2.4));
    }

    public int Width { get; }

    public int Height { get; }

    public Random Random { get; }

    public Pen Pen { get; }

    public IReadOnlyList<Content> Contents => contents;

    public SKImage Picture() => surface.Snapshot();

    /// <summary>Draws a symbol in a box, turned by quarters.</summary>
    public void Put(Symbol? symbol, SKRect box, int quarters, Action<Pen, Random, double, double> draw)
    {
        Pen.Turned(box, quarters, Random.Next(2) == 0, (across, down) => draw(Pen, Random, across, down));
        if (symbol is { } known)
        {
            contents.Add(new Content(known, new Region(box.Left / Width, box.Top / Height, box.Right / Width, box.Bottom / Height)));
        }
    }

    /// <summary>A measure along a line: arrows at its ends and a number beside it.</summary>
    public void Dimension(double x, double y, double toX, double toY)
    {
        var (thin, arrow) = (Pen.Thin, 8 + (Pen.Width * 2));
        thin.Line(x, y, toX, toY);
        var (length, text) = (Math.Max(1, Math.Sqrt(Math.Pow(toX - x, 2) + Math.Pow(toY - y, 2))), $"{Random.Next(100, 9999)}");
        var (dx, dy) = ((toX - x) / length, (toY - y) / length);
        foreach (var (endX, endY, way) in new[] { (x, y, 1), (toX, toY, -1) })
        {
            Pen.Fill(
                (endX, endY),
                (endX + (way * arrow * dx) - (arrow * 0.25 * dy), endY + (way * arrow * dy) + (arrow * 0.25 * dx)),
                (endX + (way * arrow * dx) + (arrow * 0.25 * dy), endY + (way * arrow * dy) - (arrow * 0.25 * dx))
            );
        }

        Pen.Canvas.Save();
        Pen.Canvas.Translate((float)((x + toX) / 2), (float)((y + toY) / 2));
        Pen.Canvas.RotateDegrees(Math.Abs(dy) > Math.Abs(dx) ? -90 : 0);
        StrokeFont.Write(thin, text, -text.Length * 5, -5, Height / 110.0);
        Pen.Canvas.Restore();
    }

    public void TitleBlock()
    {
        var edge = Height * 0.02;
        var (across, down) = (Width * 0.26, Height * 0.1);
        Pen.Box(edge, edge, Width - (2 * edge), Height - (2 * edge));
        var (left, top) = (Width - edge - across, Height - edge - down);
        Pen.Clear(left, top, across, down);
        Pen.Box(left, top, across, down);
        for (var row = 0; row < 3; row++)
        {
            Pen.Thin.Line(left, top + (down * row / 3), left + across, top + (down * row / 3));
            StrokeFont.Write(Pen.Thin, StrokeFont.Words(Random, 2), left + (across * 0.03), top + (down * (row + 0.75) / 3), down * 0.16);
            StrokeFont.Write(Pen.Thin, StrokeFont.Words(Random, 1), left + (across * 0.66), top + (down * (row + 0.75) / 3), down * 0.16);
        }

        Pen.Thin.Line(left + (across * 0.62), top, left + (across * 0.62), top + down);
    }

    public void Dispose() => surface.Dispose();
}
