using System.Globalization;
using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Screenshots of an editor: keywords, names and numbers in colours.</summary>
internal static class SourceCode
{
    private static readonly string[] Keywords = ["if", "for", "var", "return", "while", "let", "const", "await"];
    private static readonly string[] Operators = ["+", "-", "*", "==", "!=", "<=", ">", "&&", "||"];

    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var face = Typefaces.Named(layout.Next(2) == 0 ? Typefaces.Mono : "LiberationMono-Regular");
        var isDark = layout.Next(3) > 0;
        var sheet = new Sheet(
            Math.Clamp(size * 46, 480, 1300),
            Math.Clamp(size * 40, 400, 1100),
            isDark ? new(30, 30, 34) : SKColors.White
        );
        var (keyword, number, name) = isDark
            ? (new SKColor(197, 134, 192), new SKColor(181, 206, 168), new SKColor(156, 220, 254))
            : (new(0, 0, 200), new(9, 134, 88), new(20, 20, 20));
        double line = size * 1.45,
            advance = Sheet.Measure("m", size, face);
        var indent = 0;
        for (var (y, row) = (line, 1); y < sheet.Height - (size / 2); (y, row) = (y + line, row + 1))
        {
            sheet.Text(row.ToString(CultureInfo.InvariantCulture), advance * 3, y, size, face, Colours.Faint, SKTextAlign.Right);
            indent = Math.Clamp(indent + layout.Next(-1, 2), 0, 4);
            if (layout.Next(7) == 0)
            {
                continue;
            }

            var x = advance * (5 + (2 * indent));
            x = sheet.Text(Keywords[layout.Next(Keywords.Length)], x, y, size, face, keyword) + advance;
            x = sheet.Text(fields.Text(Texts.Word), x, y, size, face, name) + advance;
            x = sheet.Text(fields.Of(Operators), x, y, size, face, name) + advance;
            x =
                layout.Next(2) == 0
                    ? sheet.Text(fields.Text(random => Texts.Number(random, random.Next(1, 4))), x, y, size, face, number)
                    : sheet.Text(fields.Text(Texts.Word), x, y, size, face, name);
            sheet.Text(layout.Next(3) == 0 ? " {" : ";", x, y, size, face, name);
        }

        return sheet;
    }
}
