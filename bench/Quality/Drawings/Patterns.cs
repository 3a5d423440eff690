using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Line drawings that differ in how often something is repeated: points of a star, turns of a spiral, lines of a grid.</summary>
internal static class Patterns
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(500, 500, SKColors.White);
        var colour = Colours.Shade(Colours.Any(layout), 0.6);
        var stroke = layout.Next(2, 9);
        switch (layout.Next(6))
        {
            case 0:
                Star(
                    sheet,
                    250,
                    250,
                    210,
                    fields.Number(5, 24),
                    0.3 + (layout.NextDouble() * 0.5),
                    colour,
                    layout.Next(2) == 0 ? stroke : 0
                );
                break;
            case 1:
                var turns = fields.Number(2, 11);
                sheet.Shape(
                    Enumerable.Range(0, turns * 60).Select(at => Polar(220.0 * at / (turns * 60), at / 60.0)),
                    colour,
                    stroke,
                    isClosed: false
                );
                break;
            case 2:
                var lines = fields.Number(5, 25);
                for (var at = 0; at <= lines; at++)
                {
                    sheet.Line(500.0 * at / lines, 0, 500.0 * at / lines, 500, colour, stroke);
                    sheet.Line(0, 500.0 * at / lines, 500, 500.0 * at / lines, colour, stroke);
                }

                break;
            case 3:
                var rings = fields.Number(3, 16);
                for (var at = 1; at <= rings; at++)
                {
                    sheet.Ring(250, 250, 225.0 * at / rings, colour, stroke);
                }

                break;
            case 4:
                var sides = fields.Number(3, 10);
                sheet.Shape(Enumerable.Range(0, sides).Select(at => Polar(200, (double)at / sides)), colour, stroke);
                break;
            default:
                var rays = fields.Number(6, 40);
                for (var at = 0; at < rays; at++)
                {
                    var end = Polar(225, (double)at / rays);
                    sheet.Line(250, 250, end.X, end.Y, colour, stroke);
                }

                break;
        }

        return sheet;
    }

    public static void Star(Sheet sheet, double x, double y, double radius, int points, double waist, SKColor colour, double stroke = 0) =>
        sheet.Shape(
            Enumerable
                .Range(0, points * 2)
                .Select(at =>
                {
                    var (length, angle) = (at % 2 == 0 ? radius : radius * waist, (Math.PI * at / points) - (Math.PI / 2));
                    return (x + (length * Math.Cos(angle)), y + (length * Math.Sin(angle)));
                }),
            colour,
            stroke
        );

    private static (double X, double Y) Polar(double radius, double turns) =>
        (250 + (radius * Math.Cos(2 * Math.PI * turns)), 250 + (radius * Math.Sin(2 * Math.PI * turns)));
}
