using System.Globalization;
using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Charts with bars, lines or a pie; what differs is a value, never less than a tenth of the axis.</summary>
internal static class Charts
{
    public static Sheet Bars(Random layout, Fields fields, double size)
    {
        var sheet = Plot(layout, size, out var area);
        var (count, isMany) = (layout.Next(4, 14), layout.Next(2) == 0);
        var colour = Colours.Any(layout);
        for (var at = 0; at < count; at++)
        {
            double step = area.Width / count,
                height = area.Height * (0.04 + (0.92 * fields.Share(0.12)));
            sheet.Box(area.Left + ((at + 0.15) * step), area.Bottom - height, step * 0.7, height, isMany ? Colours.Any(layout) : colour);
        }

        return sheet;
    }

    public static Sheet Lines(Random layout, Fields fields, double size)
    {
        var sheet = Plot(layout, size, out var area);
        var count = layout.Next(6, 16);
        for (var series = layout.Next(1, 4); series > 0; series--)
        {
            var points = Enumerable
                .Range(0, count)
                .Select(at =>
                    (
                        X: area.Left + (area.Width * at / (count - 1.0)),
                        Y: area.Bottom - (area.Height * (0.04 + (0.92 * fields.Share(0.12))))
                    )
                )
                .ToList();
            var colour = Colours.Any(layout);
            sheet.Shape(points, colour, Math.Max(1.5, size / 7), isClosed: false);
            points.ForEach(point => sheet.Oval(point.X, point.Y, size / 4, size / 4, colour));
        }

        return sheet;
    }

    public static Sheet Pie(Random layout, Fields fields, double size)
    {
        var face = Typefaces.Family(layout).Bold;
        var sheet = new Sheet(700, 520, SKColors.White);
        sheet.Text(Texts.Words(layout, 3), 30, 20 + Math.Min(size, 40), Math.Min(size, 40), face, Colours.Ink);
        var count = layout.Next(3, 8);
        var shares = Enumerable.Range(0, count).Select(_ => 0.15 + fields.Share(0.25)).ToList();
        var from = -90.0;
        for (var at = 0; at < count; at++)
        {
            var sweep = 360 * shares[at] / shares.Sum();
            var colour = Colours.Any(layout);
            sheet.Wedge(270, 290, 190, from, sweep, colour);
            sheet.Box(510, 110 + (at * 45), 22, 22, colour);
            sheet.Text(Texts.Word(layout), 545, 128 + (at * 45), Math.Min(size, 24), face, Colours.Ink);
            from += sweep;
        }

        return sheet;
    }

    private static Sheet Plot(Random layout, double size, out SKRect area)
    {
        size = Math.Min(size, 24);
        var (regular, bold) = Typefaces.Family(layout);
        var sheet = new Sheet(layout.Next(600, 1000), layout.Next(400, 640), layout.Next(4) == 0 ? new(30, 34, 44) : SKColors.White);
        var isDark = layout.Next(8) == 0;
        area = new SKRect((float)(size * 3), (float)(size * 2.4), sheet.Width - 24, sheet.Height - (float)(size * 2));
        sheet.Text(Texts.Words(layout, 3), size, size * 1.6, size * 1.2, bold, isDark ? Colours.Paper : Colours.Faint);
        for (var tick = 0; tick <= 5; tick++)
        {
            var y = area.Bottom - (area.Height * tick / 5);
            sheet.Line(area.Left, y, area.Right, y, Colours.Faint, 1);
            sheet.Text(
                (tick * 20).ToString(CultureInfo.InvariantCulture),
                area.Left - (size * 0.4),
                y + (size * 0.35),
                size,
                regular,
                Colours.Faint,
                SKTextAlign.Right
            );
        }

        return sheet;
    }
}
