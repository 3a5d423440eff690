using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Heat maps in another palette or with another spot, and shades of grey as of X-rays with one spot more.</summary>
internal static class Measurements
{
    private static readonly SKColor[][] Palettes =
    [
        [new(0, 0, 80), new(120, 0, 140), new(240, 100, 20), new(255, 240, 120)],
        [new(68, 1, 84), new(49, 104, 142), new(53, 183, 121), new(253, 231, 37)],
        [new(0, 0, 255), new(0, 255, 255), new(255, 255, 0), new(255, 0, 0)],
        [new(0, 0, 0), new(90, 90, 90), new(180, 180, 180), new(255, 255, 255)],
        [new(255, 255, 240), new(250, 180, 90), new(220, 60, 40), new(80, 0, 20)],
    ];

    public static Sheet Palette(Random layout, Fields fields, double size) => Field(layout, fields.Of(Palettes), null);

    public static Sheet Spots(Random layout, Fields fields, double size) => Field(layout, Palettes[layout.Next(Palettes.Length)], fields);

    public static Sheet Greys(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(layout.Next(240, 600), layout.Next(240, 600), new SKColor(12, 12, 14));
        for (var at = layout.Next(10, 30); at > 0; at--)
        {
            var (x, y, radius, level) = (
                layout.Next(sheet.Width),
                layout.Next(sheet.Height),
                layout.Next(30, 160),
                (byte)layout.Next(20, 90)
            );
            Blob(sheet, x, y, radius, new SKColor(230, 230, 235, level));
        }

        for (var at = 0; at < 4; at++)
        {
            var (x, y) = (layout.Next(20, sheet.Width - 20), layout.Next(20, sheet.Height - 20));
            if (fields.Flag())
            {
                Blob(sheet, x, y, Math.Max(5, size), new SKColor(240, 240, 245, 150));
            }
        }

        return sheet;
    }

    private static Sheet Field(Random layout, SKColor[] palette, Fields? fields)
    {
        var (across, down, cell) = (layout.Next(12, 30), layout.Next(10, 24), layout.Next(8, 24));
        var sheet = new Sheet(across * cell, down * cell, SKColors.Black);
        var (spotX, spotY, spread) = (layout.NextDouble(), layout.NextDouble(), 0.1 + (0.2 * layout.NextDouble()));
        for (var at = 0; at < across * down; at++)
        {
            double x = (at % across / (double)across) - spotX,
                y = (at / across / (double)down) - spotY;
            var value = Math.Exp(-((x * x) + (y * y)) / (2 * spread * spread));
            value = fields is null ? value : fields.Pick(_ => value, (_, old) => (old + 0.35) % 1);
            sheet.Box(at % across * cell, at / across * cell, cell, cell, Between(palette, Math.Clamp(value, 0, 1)));
        }

        return sheet;
    }

    private static SKColor Between(SKColor[] palette, double value)
    {
        var place = value * (palette.Length - 1);
        var at = Math.Min((int)place, palette.Length - 2);
        var share = place - at;
        return new SKColor(
            Mixed(palette[at].Red, palette[at + 1].Red),
            Mixed(palette[at].Green, palette[at + 1].Green),
            Mixed(palette[at].Blue, palette[at + 1].Blue)
        );

        byte Mixed(byte from, byte to) => (byte)(from + ((to - from) * share));
    }

    private static void Blob(Sheet sheet, double x, double y, double radius, SKColor colour)
    {
        using var shader = SKShader.CreateRadialGradient(
            new((float)x, (float)y),
            (float)radius,
            [colour, colour.WithAlpha(0)],
            SKShaderTileMode.Clamp
        );
        sheet.Shade(SKRect.Create((float)(x - radius), (float)(y - radius), (float)(2 * radius), (float)(2 * radius)), shader);
    }
}
