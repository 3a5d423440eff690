using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Maps: roads, water, green, names; another name, another road, another place for the pin.</summary>
internal static class Maps
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var face = Typefaces.Family(layout).Bold;
        var sheet = new Sheet(layout.Next(600, 1000), layout.Next(500, 800), new(242, 239, 233));
        for (var at = 0; at < 8; at++)
        {
            var isPark = fields.Flag(0.8);
            double x = layout.NextDouble() * sheet.Width,
                y = layout.NextDouble() * sheet.Height,
                width = layout.Next(50, 180),
                height = layout.Next(50, 180);
            if (isPark)
            {
                sheet.Box(x, y, width, height, at % 3 == 0 ? new(170, 211, 223) : new(200, 224, 180), 14);
            }
        }

        for (var at = 0; at < 14; at++)
        {
            var (points, stroke) = (Road(layout, sheet), layout.Next(4, 14));
            if (fields.Flag(0.8))
            {
                sheet.Shape(points, new(190, 180, 170), stroke + 2, isClosed: false);
                sheet.Shape(points, at % 4 == 0 ? new(250, 205, 120) : SKColors.White, stroke, isClosed: false);
            }
        }

        for (var at = 0; at < Math.Max(3, 14 - (int)(size / 6)); at++)
        {
            double x = layout.NextDouble() * (sheet.Width - (size * 5)),
                y = size + (layout.NextDouble() * (sheet.Height - (2 * size)));
            sheet.Text(fields.Text(Texts.Place), x, y, size, face, Colours.Ink);
        }

        var (column, row) = fields.Pick(random => (random.Next(1, 8), random.Next(1, 8)));
        double pinX = sheet.Width * column / 8.0,
            pinY = sheet.Height * row / 8.0,
            radius = Math.Max(8, size * 0.6);
        sheet.Shape([(pinX - radius, pinY - (radius * 2)), (pinX, pinY), (pinX + radius, pinY - (radius * 2))], new(219, 50, 40));
        sheet.Oval(pinX, pinY - (radius * 2.2), radius, radius, new(219, 50, 40));
        return sheet;
    }

    private static List<(double X, double Y)> Road(Random layout, Sheet sheet)
    {
        var isAcross = layout.Next(2) == 0;
        var at = layout.NextDouble();
        return
        [
            .. Enumerable
                .Range(0, 8)
                .Select(step =>
                {
                    at = Math.Clamp(at + ((layout.NextDouble() - 0.5) * 0.12), 0, 1);
                    return isAcross ? (sheet.Width * step / 7.0, sheet.Height * at) : (sheet.Width * at, sheet.Height * step / 7.0);
                }),
        ];
    }
}
