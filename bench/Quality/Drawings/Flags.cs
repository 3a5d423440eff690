using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Flags of few colours: stripes, crosses, discs. Another flag has the same fields in other colours, or another device.</summary>
internal static class Flags
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(layout.Next(300, 760), layout.Next(200, 480), SKColors.White);
        var kind = layout.Next(5);
        var count = kind < 2 ? layout.Next(2, 5) : 1;
        double width = sheet.Width,
            height = sheet.Height;
        for (var at = 0; at < count; at++)
        {
            var colour = fields.Of(Colours.Plain);
            sheet.Box(kind == 0 ? at * width / count : 0, kind == 1 ? at * height / count : 0, width, height, colour);
        }

        var device = fields.Of(Colours.Plain);
        if (kind == 2)
        {
            sheet.Box(width * 0.28, 0, width * 0.14, height, device);
            sheet.Box(0, height * 0.4, width, height * 0.2, device);
        }
        else if (kind == 3)
        {
            sheet.Oval(width / 2, height / 2, height * 0.3, height * 0.3, device);
        }
        else if (kind == 4)
        {
            Patterns.Star(sheet, width / 2, height / 2, height * 0.36, fields.Number(4, 9), 0.45, device);
        }
        else
        {
            sheet.Shape([(0, 0), (height * 0.5, height / 2), (0, height)], device);
        }

        return sheet;
    }
}
