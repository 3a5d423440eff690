using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Drawn faces: another mouth, other eyes, brows, glasses.</summary>
internal static class Faces
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(layout.Next(300, 640), layout.Next(360, 700), Colours.Shade(Colours.Any(layout), 0.9));
        double x = sheet.Width * (0.4 + (layout.NextDouble() * 0.2)),
            y = sheet.Height * 0.5,
            radius = sheet.Width * (0.18 + (layout.NextDouble() * 0.1));
        SKColor[] skins = [new(255, 219, 185), new(224, 172, 125), new(141, 85, 54), new(90, 56, 37)];
        var (skin, hair) = (skins[layout.Next(skins.Length)], Colours.Shade(Colours.Any(layout), 0.4));
        sheet.Oval(x, sheet.Height, radius * 1.7, radius * 1.3, Colours.Any(layout));
        sheet.Oval(x, y - (radius * 0.3), radius * 1.15, radius * 1.35, hair);
        sheet.Oval(x, y, radius, radius * 1.25, skin);
        var (gaze, isClosed, frown) = (fields.Number(-1, 2), fields.Flag(0.2), fields.Number(-1, 2));
        foreach (var side in new[] { -1, 1 })
        {
            double eye = x + (side * radius * 0.4),
                at = y - (radius * 0.2);
            if (isClosed)
            {
                sheet.Line(eye - (radius * 0.17), at, eye + (radius * 0.17), at, Colours.Ink, radius * 0.05);
            }
            else
            {
                sheet.Oval(eye, at, radius * 0.18, radius * 0.12, SKColors.White);
                sheet.Oval(eye + (gaze * radius * 0.09), at, radius * 0.09, radius * 0.09, Colours.Ink);
            }

            sheet.Line(
                eye - (radius * 0.2),
                at - (radius * (0.25 - (0.08 * frown * side))),
                eye + (radius * 0.2),
                at - (radius * (0.25 + (0.08 * frown * side))),
                hair,
                radius * 0.07
            );
        }

        if (fields.Flag(0.3))
        {
            sheet.Ring(x - (radius * 0.4), y - (radius * 0.2), radius * 0.27, Colours.Ink, radius * 0.04);
            sheet.Ring(x + (radius * 0.4), y - (radius * 0.2), radius * 0.27, Colours.Ink, radius * 0.04);
        }

        sheet.Line(x, y, x - (radius * 0.08), y + (radius * 0.25), Colours.Shade(skin, 0.75), radius * 0.05);
        Mouth(sheet, fields.Number(0, 4), x, y + (radius * 0.6), radius);
        return sheet;
    }

    private static void Mouth(Sheet sheet, int kind, double x, double y, double radius)
    {
        if (kind == 3)
        {
            sheet.Oval(x, y, radius * 0.22, radius * 0.2, new(120, 20, 30));
            return;
        }

        var bend = (kind - 1) * radius * 0.18;
        sheet.Shape(
            Enumerable.Range(-4, 9).Select(at => (x + (at * radius * 0.09), y + (bend * (1 - (at * at / 16.0))))),
            new(150, 30, 45),
            radius * 0.08,
            isClosed: false
        );
    }
}
