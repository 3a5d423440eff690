using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Screenshots of conversations.</summary>
internal static class Chats
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        var width = Math.Clamp(size * 28, 360, 1080);
        var isDark = layout.Next(3) == 0;
        var sheet = new Sheet(width, Math.Min(width * 1.9, 1600), isDark ? new(18, 22, 28) : new(236, 229, 221));
        var own = isDark ? new SKColor(0, 92, 75) : Colours.Any(layout).WithAlpha(70);
        var ink = isDark ? new SKColor(230, 232, 235) : Colours.Ink;
        sheet.Box(0, 0, width, size * 3.4, Colours.Shade(Colours.Any(layout), 0.55));
        sheet.Oval(size * 2, size * 1.7, size, size, Colours.Any(layout));
        sheet.Text(fields.Text(Texts.Name), size * 3.8, size * 2.1, size * 1.15, bold, SKColors.White);
        var y = size * 4.4;
        while (y < sheet.Height - (size * 5))
        {
            var (lines, isOwn) = (layout.Next(1, 4), layout.Next(2) == 0);
            double box = width * (0.5 + (layout.NextDouble() * 0.3)),
                left = isOwn ? width - box - size : size;
            sheet.Box(
                left,
                y,
                box,
                (lines * size * 1.35) + (size * 1.5),
                isOwn ? own
                    : isDark ? new(32, 44, 51)
                    : SKColors.White,
                size * 0.6
            );
            for (var line = 1; line <= lines; line++)
            {
                var x = left + (size * 0.7);
                while (x < left + box - (size * 6))
                {
                    x = sheet.Text(fields.Text(Texts.Word), x, y + (line * size * 1.35), size, regular, ink) + (size * 0.3);
                }
            }

            y += (lines * size * 1.35) + (size * 1.1);
            sheet.Text(fields.Text(Texts.Time), left + box - (size * 0.5), y, size * 0.75, regular, Colours.Faint, SKTextAlign.Right);
            y += size * 1.2;
        }

        return sheet;
    }
}
