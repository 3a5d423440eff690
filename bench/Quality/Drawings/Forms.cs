namespace Bench.Quality.Drawings;

/// <summary>Forms, filled in: printed labels, entries in boxes, ticks.</summary>
internal static class Forms
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        var width = Math.Clamp(size * 56, 560, 1200);
        var sheet = new Sheet(width, Math.Clamp(size * 68, 680, 1400), layout.Next(3) == 0 ? new(247, 243, 232) : Colours.Paper);
        double margin = width * 0.06,
            line = size * 2.4,
            y = margin + (size * 1.5);
        var (_, hand) = (regular, Typefaces.Named(Typefaces.Mono));
        sheet.Text($"Form {layout.Next(10, 99)}: {Texts.Words(layout, 3)}", margin, y, size * 1.4, bold, Colours.Ink);
        while (y < sheet.Height - margin - line)
        {
            y += line;
            sheet.Text(Texts.Words(layout, 2), margin, y, size * 0.85, regular, Colours.Ink);
            if (layout.Next(4) > 0)
            {
                sheet.Frame(width * 0.36, y - (size * 1.3), width * 0.58, size * 1.9, Colours.Faint);
                var kind = layout.Next(4);
                var entry = fields.Text(random =>
                    kind switch
                    {
                        0 => Texts.Date(random),
                        1 => Texts.Person(random),
                        2 => Texts.Number(random, 9),
                        _ => Texts.Place(random),
                    }
                );
                sheet.Text(entry, width * 0.36 + (size * 0.5), y, size, hand, new(20, 30, 110));
                continue;
            }

            for (var at = 0; at < 3; at++)
            {
                double x = width * (0.36 + (0.2 * at)),
                    box = size * 1.2;
                sheet.Frame(x, y - box, box, box, Colours.Ink);
                sheet.Text(
                    at switch
                    {
                        0 => "yes",
                        1 => "no",
                        _ => "unknown",
                    },
                    x + (box * 1.5),
                    y,
                    size * 0.85,
                    regular,
                    Colours.Ink
                );
                if (fields.Flag(0.35))
                {
                    sheet.Line(x + (box * 0.2), y - (box * 0.8), x + (box * 0.8), y - (box * 0.2), Colours.Ink, Math.Max(1.5, size / 8));
                    sheet.Line(x + (box * 0.8), y - (box * 0.8), x + (box * 0.2), y - (box * 0.2), Colours.Ink, Math.Max(1.5, size / 8));
                }
            }
        }

        return sheet;
    }
}
