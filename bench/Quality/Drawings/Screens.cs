using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Screens of programs: a cursor elsewhere, a badge more, a switch that is on, pale print, a key with another letter.</summary>
internal static class Screens
{
    public static Sheet Settings(Random layout, Fields fields, double size)
    {
        var isDark = layout.Next(2) == 0;
        var (paper, ink, faint) = isDark
            ? (new SKColor(28, 28, 30), new SKColor(235, 235, 235), new SKColor(90, 90, 96))
            : (SKColors.White, Colours.Ink, new SKColor(205, 205, 210));
        var (rows, accent) = (layout.Next(4, 11), Colours.Any(layout));
        var sheet = new Sheet(Math.Max(320, size * 26), (rows * size * 2.4) + 20, paper);
        var (regular, bold) = Typefaces.Family(layout);
        for (var row = 0; row < rows; row++)
        {
            var y = 10 + (row * size * 2.4);
            sheet.Text(Texts.Words(layout, 2), size, y + (size * 1.5), size, regular, ink);
            var (isOn, right) = (fields.Flag(), sheet.Width - size);
            sheet.Box(right - (size * 2), y + (size * 0.6), size * 1.8, size, isOn ? accent : faint, size / 2);
            sheet.Oval(right - (size * (isOn ? 0.7 : 1.5)), y + (size * 1.1), size * 0.4, size * 0.4, SKColors.White);
            if (fields.Flag(0.3))
            {
                sheet.Oval(right - (size * 3.2), y + (size * 1.1), size * 0.6, size * 0.6, new SKColor(220, 40, 40));
                sheet.Text("1", right - (size * 3.2), y + (size * 1.4), size * 0.8, bold, SKColors.White, SKTextAlign.Center);
            }

            sheet.Line(size, y + (size * 2.3), right, y + (size * 2.3), faint, 1);
        }

        return sheet;
    }

    public static Sheet Cursors(Random layout, Fields fields, double size)
    {
        var sheet = Chats.Draw(layout, new Fields(layout.Next()), Math.Clamp(size, 10, 16));
        double x = sheet.Width * (0.1 + (0.8 * fields.Share())),
            y = sheet.Height * (0.1 + (0.8 * fields.Share())),
            side = Math.Clamp(size, 12, 24);
        List<(double, double)> arrow =
        [
            (x, y),
            (x, y + side),
            (x + (side * 0.28), y + (side * 0.72)),
            (x + (side * 0.7), y + (side * 0.7)),
        ];
        sheet.Shape(arrow, SKColors.White);
        sheet.Shape(arrow, SKColors.Black, 1.2);
        return sheet;
    }

    /// <summary>Print that is not much darker than the paper.</summary>
    public static Sheet Pale(Random layout, Fields fields, double size)
    {
        var (regular, _) = Typefaces.Family(layout);
        var (rows, level, paper) = (layout.Next(4, 16), layout.Next(35, 90), layout.Next(2) == 0 ? (byte)255 : (byte)40);
        var sheet = new Sheet(Math.Max(240, size * 18), (rows * size * 1.7) + 20, new SKColor(paper, paper, paper));
        var ink = (byte)(paper == 255 ? 255 - level : paper + level);
        for (var row = 0; row < rows; row++)
        {
            sheet.Text(
                fields.Text(random => $"{Texts.Word(random)} {Texts.Number(random, 6)}"),
                12,
                12 + (size * ((row * 1.7) + 1)),
                size,
                regular,
                new SKColor(ink, ink, ink)
            );
        }

        return sheet;
    }

    public static Sheet Keyboard(Random layout, Fields fields, double size)
    {
        var key = Math.Max(24, size * 2);
        var isDark = layout.Next(2) == 0;
        var sheet = new Sheet(key * 11.5, key * 4.5, isDark ? new SKColor(30, 30, 32) : new SKColor(200, 200, 205));
        var (regular, _) = Typefaces.Family(layout);
        for (var at = 0; at < 40; at++)
        {
            double left = key * (0.25 + (1.1 * (at % 10))),
                top = key * (0.25 + (1.05 * (at / 10)));
            sheet.Box(left, top, key, key * 0.95, isDark ? new SKColor(60, 60, 64) : SKColors.White, key / 8);
            sheet.Text(
                fields.Text(random => ((char)('A' + random.Next(26))).ToString()),
                left + (key * 0.25),
                top + (key * 0.65),
                Math.Max(8, size),
                regular,
                isDark ? SKColors.White : Colours.Ink
            );
        }

        return sheet;
    }

    /// <summary>A puzzle of words, and a month.</summary>
    public static Sheet Crossword(Random layout, Fields fields, double size)
    {
        var (cells, side) = (layout.Next(6, 14), Math.Max(14, size * 1.6));
        var sheet = new Sheet((cells * side) + 20, (cells * side) + 20, SKColors.White);
        var (regular, _) = Typefaces.Family(layout);
        for (var at = 0; at < cells * cells; at++)
        {
            double left = 10 + (at % cells * side),
                top = 10 + (at / cells * side);
            sheet.Frame(left, top, side, side, Colours.Ink, 1);
            if (fields.Flag(0.2))
            {
                sheet.Box(left, top, side, side, Colours.Ink);
            }
            else
            {
                sheet.Text(
                    fields.Text(random => ((char)('A' + random.Next(26))).ToString()),
                    left + (side / 2),
                    top + (side * 0.75),
                    size,
                    regular,
                    Colours.Ink,
                    SKTextAlign.Center
                );
            }
        }

        return sheet;
    }
}
