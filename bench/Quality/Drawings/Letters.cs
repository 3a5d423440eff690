namespace Bench.Quality.Drawings;

/// <summary>Letters: an address, a date, paragraphs of running text.</summary>
internal static class Letters
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var (regular, bold) = Typefaces.Family(layout);
        var width = Math.Clamp(size * 52, 520, 1200);
        var sheet = new Sheet(width, Math.Clamp(size * 66, 640, 1400), Colours.Paper);
        double margin = width * 0.1,
            line = size * (1.3 + (layout.NextDouble() * 0.4)),
            y = margin + size;
        sheet.Text(fields.Text(Texts.Person), margin, y, size, bold, Colours.Ink);
        sheet.Text(fields.Text(Texts.Place), margin, y += line, size, regular, Colours.Ink);
        sheet.Text(fields.Text(Texts.Date), margin, y += line * 2, size, regular, Colours.Ink);
        y += line;
        while (y < sheet.Height - margin - line)
        {
            y += line;
            var x = margin;
            var end = width - margin - (layout.Next(5) == 0 ? width * 0.4 : 0);
            while (x < end - (size * 6))
            {
                x = sheet.Text(fields.Text(Texts.Word), x, y, size, regular, Colours.Ink) + (size * 0.3);
            }

            y += layout.Next(6) == 0 ? line * 0.7 : 0;
        }

        return sheet;
    }
}
