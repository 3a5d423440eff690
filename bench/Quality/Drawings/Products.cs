using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Product shots: a shaded thing on a plain ground, that comes in other colours.</summary>
internal static class Products
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(600, 600, layout.Next(3) == 0 ? new(228, 228, 230) : SKColors.White);
        var (kind, trim) = (layout.Next(5), Colours.Any(layout));
        var colour = fields.Pick(Colours.Any, Colours.OtherHue);
        sheet.Oval(300, 520, 180, 22, new(0, 0, 0, 40));
        switch (kind)
        {
            case 0:
                sheet.Ring(425, 310, 70, Colours.Shade(colour, 0.8), 28);
                Body(sheet, new SKRect(170, 180, 420, 520), colour, 24);
                sheet.Oval(295, 185, 124, 26, Colours.Shade(colour, 0.55));
                break;
            case 1:
                sheet.Shape(
                    [
                        (180, 120),
                        (250, 90),
                        (350, 90),
                        (420, 120),
                        (520, 220),
                        (450, 270),
                        (420, 240),
                        (420, 520),
                        (180, 520),
                        (180, 240),
                        (150, 270),
                        (80, 220),
                    ],
                    colour
                );
                sheet.Oval(300, 92, 50, 26, Colours.Shade(colour, 0.6));
                sheet.Box(360, 240, 40, 44, Colours.Shade(colour, 0.85));
                break;
            case 2:
                Body(sheet, new SKRect(230, 200, 370, 525), colour, 30);
                Body(sheet, new SKRect(265, 90, 335, 210), colour, 12);
                sheet.Box(230, 330, 140, 90, new(245, 245, 240));
                sheet.Text(Texts.Name(layout), 300, 385, 30, Typefaces.Named("LiberationSerif-Bold"), Colours.Ink, SKTextAlign.Center);
                break;
            case 3:
                Body(sheet, new SKRect(150, 300, 450, 350), colour, 12);
                Body(sheet, new SKRect(160, 110, 440, 310), colour, 40);
                foreach (var x in new[] { 165, 415 })
                {
                    sheet.Box(x, 345, 20, 175, new(90, 62, 40));
                }

                break;
            default:
                sheet.Shape([(90, 430), (120, 340), (240, 330), (330, 400), (500, 430), (515, 490), (90, 490)], colour);
                sheet.Box(88, 482, 430, 32, SKColors.White, 14);
                sheet.Frame(88, 482, 430, 32, Colours.Faint, 2, 14);
                sheet.Line(250, 350, 320, 420, trim, 8);
                break;
        }

        return sheet;
    }

    /// <summary>A rounded body, lit from the left.</summary>
    private static void Body(Sheet sheet, SKRect area, SKColor colour, float radius)
    {
        using var shader = SKShader.CreateLinearGradient(
            new(area.Left, 0),
            new(area.Right, 0),
            [Colours.Shade(colour, 0.8), Colours.Shade(colour, 1.12), Colours.Shade(colour, 0.6)],
            [0, 0.3f, 1],
            SKShaderTileMode.Clamp
        );
        using var paint = new SKPaint { Shader = shader, IsAntialias = true };
        sheet.Canvas.DrawRoundRect(area, radius, radius, paint);
    }
}
