using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Tables of numbers, as spreadsheets and timetables show them.</summary>
internal static class Tables
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        int columns = Math.Max(2, (int)(layout.Next(5, 11) * Math.Min(1, 16 / size))),
            rows = Math.Max(3, (int)(layout.Next(12, 26) * Math.Min(1, 18 / size)));
        double cell = size * 6.5,
            line = size * (1.6 + (layout.NextDouble() * 0.5));
        var sheet = new Sheet(Math.Max(400, (columns + 1) * cell), Math.Max(320, (rows + 2) * line), Colours.Paper);
        var (isGrid, isTimes) = (layout.Next(2) == 0, layout.Next(4) == 0);
        var head = Colours.Shade(Colours.Any(layout), 0.6);
        sheet.Box(0, 0, sheet.Width, line, head);
        for (var row = 0; row <= rows; row++)
        {
            var y = (row + 0.72) * line;
            if (row > 0 && row % 2 == 0)
            {
                sheet.Box(0, row * line, sheet.Width, line, new(236, 240, 245));
            }

            sheet.Text(
                row == 0 ? Texts.Word(layout) : Texts.Place(layout),
                size * 0.4,
                y,
                size,
                row == 0 ? bold : regular,
                row == 0 ? SKColors.White : Colours.Ink
            );
            for (var column = 1; column <= columns; column++)
            {
                var text = row == 0 ? Texts.Word(layout) : fields.Text(isTimes ? Texts.Time : Texts.Amount);
                sheet.Text(
                    text,
                    ((column + 1) * cell) - (size * 0.4),
                    y,
                    size,
                    row == 0 ? bold : regular,
                    row == 0 ? SKColors.White : Colours.Ink,
                    SKTextAlign.Right
                );
            }

            if (isGrid)
            {
                sheet.Line(0, row * line, sheet.Width, row * line, Colours.Faint);
            }
        }

        return sheet;
    }
}
