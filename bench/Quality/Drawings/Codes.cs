using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Labels with bars or squares for machines: one digit is a few bars.</summary>
internal static class Codes
{
    private static readonly string[] Widths = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"];

    public static Sheet Bars(Random layout, Fields fields, double size)
    {
        var module = Math.Max(1, (int)(size / 8));
        var sheet = new Sheet((module * 110) + 40, (module * 50) + 60, layout.Next(3) == 0 ? Colours.Paper : SKColors.White);
        var x = 20.0;
        var digits = Enumerable.Range(0, 12).Select(_ => fields.Number(0, 10)).ToList();
        foreach (var digit in digits)
        {
            for (var at = 0; at < 4; at++)
            {
                var width = (Widths[digit][at] - '0') * module;
                if (at % 2 == 0)
                {
                    sheet.Box(x, 20, width, module * 45, SKColors.Black);
                }

                x += width;
            }
        }

        if (layout.Next(2) == 0)
        {
            sheet.Text(
                string.Concat(digits),
                20,
                (module * 45) + 22 + Math.Max(8, size),
                Math.Max(8, size),
                Typefaces.Named(Typefaces.Mono),
                SKColors.Black
            );
        }

        return sheet;
    }

    public static Sheet Squares(Random layout, Fields fields, double size)
    {
        var (modules, side) = (layout.Next(21, 41), Math.Max(2, (int)(size / 5)));
        var sheet = new Sheet((modules * side) + 40, (modules * side) + 40, SKColors.White);

        // A byte of the contents is eight squares.
        for (var word = 0; word < modules * modules / 8; word++)
        {
            var value = fields.Number(0, 256);
            for (var bit = 0; bit < 8; bit++)
            {
                var (x, y) = (((word * 8) + bit) % modules, ((word * 8) + bit) / modules);
                var isFinder = (x < 7 || x >= modules - 7) && y < 7;
                if (isFinder ? x % 6 == 0 || y % 6 == 0 : ((value >> bit) & 1) == 1)
                {
                    sheet.Box(20 + (x * side), 20 + (y * side), side, side, SKColors.Black);
                }
            }
        }

        return sheet;
    }
}
