using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Sheet music with another note, plans with another door, drawings with another line, scribbles.</summary>
internal static class Scores
{
    public static Sheet Music(Random layout, Fields fields, double size)
    {
        var gap = Math.Max(4, size / 2);
        var (rows, notes) = (layout.Next(2, 5), layout.Next(8, 16));
        var sheet = new Sheet(notes * gap * 5, rows * gap * 11, layout.Next(3) == 0 ? Colours.Paper : SKColors.White);
        for (var row = 0; row < rows; row++)
        {
            var top = gap * ((row * 11) + 3);
            for (var line = 0; line < 5; line++)
            {
                sheet.Line(gap, top + (line * gap), sheet.Width - gap, top + (line * gap), Colours.Ink, Math.Max(1, gap / 8));
            }

            for (var at = 0; at < notes - 1; at++)
            {
                double x = gap * (4 + (at * 5)),
                    y = top + (fields.Number(0, 9) * gap / 2);
                if (fields.Flag(0.7))
                {
                    sheet.Oval(x, y, gap * 0.6, gap * 0.45, Colours.Ink);
                }
                else
                {
                    sheet.Ring(x, y, gap * 0.45, Colours.Ink, Math.Max(1, gap / 6));
                }

                sheet.Line(x + (gap * 0.55), y, x + (gap * 0.55), y - (gap * 3), Colours.Ink, Math.Max(1, gap / 7));
            }
        }

        return sheet;
    }

    public static Sheet Plan(Random layout, Fields fields, double size)
    {
        var isBlue = layout.Next(2) == 0;
        var (paper, ink) = isBlue ? (new SKColor(25, 60, 130), new SKColor(225, 235, 250)) : (SKColors.White, Colours.Ink);
        var (across, down, room, stroke) = (layout.Next(2, 5), layout.Next(2, 4), layout.Next(90, 200), Math.Max(1, size / 6));
        var sheet = new Sheet((across * room) + 60, (down * room) + 60, paper);
        var door = Math.Max(10, size * 1.5);
        for (var at = 0; at < across * down; at++)
        {
            double left = 30 + (at % across * room),
                top = 30 + (at / across * room);
            sheet.Frame(left, top, room, room, ink, stroke);
            if (fields.Flag())
            {
                var place = left + (room * (0.15 + (0.4 * layout.NextDouble())));
                sheet.Line(place, top, place + door, top, paper, stroke + 1);
                sheet.Line(place, top, place, top + door, ink, Math.Max(1, stroke / 2));
                sheet.Line(place, top + door, place + door, top, ink, 1);
            }

            sheet.Text(
                fields.Text(random => $"{random.Next(6, 40)}.{random.Next(10)} m2"),
                left + 8,
                top + (room * 0.8),
                Math.Min(size, 20),
                Typefaces.Family(new Random(at)).Regular,
                ink
            );
        }

        return sheet;
    }

    public static Sheet Lines(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(layout.Next(200, 700), layout.Next(200, 600), layout.Next(3) == 0 ? Colours.Paper : SKColors.White);
        var (count, stroke) = (layout.Next(10, 60), Math.Max(1, size / 8));
        for (var at = 0; at < count; at++)
        {
            double x = layout.Next(sheet.Width),
                y = layout.Next(sheet.Height),
                turn = layout.NextDouble() * Math.PI,
                length = Math.Max(12, size * 2) * (0.5 + layout.NextDouble());
            if (fields.Flag(0.8))
            {
                sheet.Line(x, y, x + (length * Math.Cos(turn)), y + (length * Math.Sin(turn)), Colours.Ink, stroke);
            }
        }

        return sheet;
    }

    public static Sheet Handwriting(Random layout, Fields fields, double size)
    {
        var (rows, words) = (layout.Next(3, 9), layout.Next(3, 7));
        var sheet = new Sheet(words * size * 6, rows * size * 2.4, new SKColor(250, 248, 240));
        for (var at = 0; at < rows * words; at++)
        {
            var random = new Random(fields.Number(0, 100_000));
            double x = size * ((at % words * 6) + 0.5),
                y = size * ((at / words * 2.4) + 1.4);
            var points = Enumerable
                .Range(0, 24)
                .Select(step => (x + (step * size * 0.2), y + (size * 0.5 * ((random.NextDouble() * 2) - 1))))
                .ToList();
            sheet.Shape(points, new SKColor(30, 40, 110), Math.Max(1, size / 10), isClosed: false);
        }

        return sheet;
    }
}
