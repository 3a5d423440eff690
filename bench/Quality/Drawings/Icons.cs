using System.Globalization;
using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Icons, alone or as a screen full of them: another sign, another number on it.</summary>
internal static class Icons
{
    private const string Signs = "★☆♥♦♣♠♫☀☁☂☎✈✉✎✓✗⚑⚙⚡✂☺☹♀♂☯☢☮⌂▶◀▲▼■●◆";

    public static Sheet One(Random layout, Fields fields, double size)
    {
        var side = layout.Next(128, 513);
        var sheet = new Sheet(side, side, SKColors.White);
        Icon(sheet, layout, fields, 0, 0, side);
        return sheet;
    }

    public static Sheet Screen(Random layout, Fields fields, double size)
    {
        var (across, down, cell) = (layout.Next(3, 6), layout.Next(3, 7), Math.Clamp(size * 6, 70, 170));
        var sheet = new Sheet(across * cell, down * cell, Colours.Shade(Colours.Any(layout), 0.4));
        for (var at = 0; at < across * down; at++)
        {
            Icon(sheet, layout, fields, at % across * cell, at / across * cell, cell);
            if (layout.Next(4) == 0)
            {
                double x = ((at % across) + 0.82) * cell,
                    y = ((at / across) + 0.2) * cell;
                sheet.Oval(x, y, size, size, new(220, 30, 40));
                sheet.Text(
                    fields.Number(1, 10).ToString(CultureInfo.InvariantCulture),
                    x,
                    y + (size * 0.4),
                    size * 1.2,
                    Typefaces.Named("LiberationSans-Bold"),
                    SKColors.White,
                    SKTextAlign.Center
                );
            }
        }

        return sheet;
    }

    private static void Icon(Sheet sheet, Random layout, Fields fields, double x, double y, double side)
    {
        sheet.Box(
            x + (side * 0.12),
            y + (side * 0.12),
            side * 0.76,
            side * 0.76,
            Colours.Shade(Colours.Any(layout), 0.8),
            side * (layout.Next(2) == 0 ? 0.16 : 0.38)
        );
        var sign = Signs[fields.Number(0, Signs.Length)].ToString();
        sheet.Text(
            sign,
            x + (side / 2),
            y + (side * 0.68),
            side * 0.5,
            Typefaces.Named(Typefaces.Signs),
            SKColors.White,
            SKTextAlign.Center
        );
    }
}
