using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Boarding passes and tickets: large and small print, bars and squares for a machine.</summary>
internal static class Tickets
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        var sheet = new Sheet(Math.Clamp(size * 46, 620, 1500), Math.Clamp(size * 20, 300, 700), Colours.Paper);
        var tint = Colours.Shade(Colours.Any(layout), 0.8);
        sheet.Box(0, 0, sheet.Width, sheet.Height * 0.17, tint);
        sheet.Text(
            $"{Texts.Name(layout).ToUpperInvariant()} AIR",
            sheet.Width * 0.03,
            sheet.Height * 0.125,
            sheet.Height * 0.1,
            bold,
            SKColors.White
        );
        string[] labels = ["Passenger", "Flight", "Date", "From", "To", "Gate", "Seat", "Boarding", "Class", "Sequence"];
        for (var at = 0; at < labels.Length; at++)
        {
            double x = sheet.Width * (0.03 + (0.21 * (at % 3))),
                y = sheet.Height * (0.3 + (0.19 * (at / 3)));
            sheet.Text(labels[at], x, y - (size * 0.2), size * 0.7, regular, Colours.Faint);
            var text = fields.Text(random =>
                at switch
                {
                    0 => Texts.Person(random),
                    1 => $"{(char)('A' + random.Next(26))}{(char)('A' + random.Next(26))} {Texts.Number(random, 4)}",
                    2 => Texts.Date(random),
                    3 or 4 => Texts.Place(random),
                    5 => $"{(char)('A' + random.Next(8))}{random.Next(1, 60)}",
                    6 => $"{random.Next(1, 45)}{(char)('A' + random.Next(6))}",
                    7 => Texts.Time(random),
                    8 => $"{(char)('A' + random.Next(26))}",
                    _ => Texts.Number(random, 3),
                }
            );
            sheet.Text(text, x, y + size, size, bold, Colours.Ink);
        }

        sheet.Line(sheet.Width * 0.68, sheet.Height * 0.17, sheet.Width * 0.68, sheet.Height, Colours.Faint, 2);
        Code(sheet, fields.Number(0, 1_000_000), layout.Next(2) == 0);
        return sheet;
    }

    /// <summary>Not a code that a machine could read; it looks like one.</summary>
    private static void Code(Sheet sheet, int seed, bool isSquare)
    {
        var random = new Random(seed);
        double left = sheet.Width * 0.72,
            top = sheet.Height * 0.26,
            side = Math.Min(sheet.Width * 0.25, sheet.Height * 0.66);
        if (!isSquare)
        {
            for (var x = 0.0; x < side; x += 2 + (2 * random.Next(4)))
            {
                sheet.Box(left + x, top, 2 * random.Next(1, 3), side, Colours.Ink);
            }

            return;
        }

        const int Modules = 29;
        for (var at = 0; at < Modules * Modules; at++)
        {
            int x = at % Modules,
                y = at / Modules;
            var isFinder = (x < 7 || x >= Modules - 7) && y < 7;
            if (isFinder ? x % 6 == 0 || y % 6 == 0 : random.Next(2) == 0)
            {
                sheet.Box(left + (x * side / Modules), top + (y * side / Modules), side / Modules, side / Modules, Colours.Ink);
            }
        }
    }
}
