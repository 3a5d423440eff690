using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Wallpapers of nothing but a course of colours.</summary>
internal static class Gradients
{
    public static Sheet Draw(Random layout, Fields fields, double size)
    {
        var sheet = new Sheet(layout.Next(400, 900), layout.Next(300, 600), SKColors.White);
        var area = new SKRect(0, 0, sheet.Width, sheet.Height);
        SKColor[] colours = [.. Enumerable.Range(0, layout.Next(2, 5)).Select(_ => fields.Pick(Colours.Any, Colours.OtherHue))];
        var kind = layout.Next(3);
        using var shader = kind switch
        {
            0 => SKShader.CreateLinearGradient(new(0, 0), new(sheet.Width, layout.Next(sheet.Height)), colours, SKShaderTileMode.Clamp),
            1 => SKShader.CreateRadialGradient(
                new(layout.Next(sheet.Width), layout.Next(sheet.Height)),
                sheet.Width * 0.8f,
                colours,
                SKShaderTileMode.Clamp
            ),
            _ => SKShader.CreateSweepGradient(new(sheet.Width / 2f, sheet.Height / 2f), [.. colours, colours[0]]),
        };
        sheet.Shade(area, shader);
        return sheet;
    }
}
