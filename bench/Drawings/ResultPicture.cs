using Bench.Drawings.Sheets;
using Bench.Drawings.Sketches;
using Serverless.Drawings;
using Serverless.Imaging;
using SkiaSharp;

namespace Bench.Drawings;

/// <summary>A picture of one sketch a symbol with its first sheets, the place found in a frame.</summary>
internal static class ResultPicture
{
    private const int Side = 150;
    private const int Columns = 5;
    private const int Margin = 6;

    public static void Save(string file, Benchmark benchmark, Options options)
    {
        var symbols = Enum.GetValues<Symbol>();
        using var surface = SKSurface.Create(new SKImageInfo((Columns + 1) * Side, symbols.Length * Side));
        surface.Canvas.Clear(SKColors.White);
        foreach (var symbol in symbols)
        {
            var sketch = Drawer.Report[0].Draw(symbol, options.Seed);
            var top = (int)symbol * Side;
            Draw(surface.Canvas, sketch, 0, top, null, SKColors.Black);
            var results = benchmark.Best.Search(LineVector.QueryVariants(sketch, true));
            for (var place = 0; place < Math.Min(Columns, results.Count); place++)
            {
                var right = benchmark.Contents[results[place].Sheet].Any(content => content.Symbol == symbol);
                var sheet = SheetSource.Of(options.Seed, results[place].Sheet).Pixels;
                Draw(surface.Canvas, sheet, (place + 1) * Side, top, results[place].Box, right ? SKColors.Green : SKColors.Red);
            }
        }

        using var picture = surface.Snapshot();
        using var data = picture.Encode(SKEncodedImageFormat.Png, 90);
        File.WriteAllBytes(file, data.ToArray());
    }

    private static void Draw(SKCanvas canvas, Pixels pixels, int left, int top, Region? box, SKColor colour)
    {
        using var bitmap = new SKBitmap(pixels.Width, pixels.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var rgba = new byte[pixels.Width * pixels.Height * 4];
        for (var at = 0; at < pixels.Width * pixels.Height; at++)
        {
            pixels.Rgb.AsSpan(3 * at, 3).CopyTo(rgba.AsSpan(4 * at));
            rgba[(4 * at) + 3] = 255;
        }

        System.Runtime.InteropServices.Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        using var image = SKImage.FromBitmap(bitmap);
        var scale = (Side - (2f * Margin)) / Math.Max(pixels.Width, pixels.Height);
        var place = SKRect.Create(left + Margin, top + Margin, pixels.Width * scale, pixels.Height * scale);
        canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        if (box is { } region)
        {
            using var paint = new SKPaint
            {
                Color = colour,
                Style = SKPaintStyle.Stroke,
                StrokeWidth = 2,
                IsAntialias = true,
            };
            canvas.DrawRect(
                place.Left + ((float)region.Left * place.Width),
                place.Top + ((float)region.Top * place.Height),
                (float)region.Width * place.Width,
                (float)region.Height * place.Height,
                paint
            );
        }
    }
}
