using Serverless.Drawings;
using Serverless.Imaging;
using SkiaSharp;

namespace Bench.Drawings.Sheets;

/// <summary>Sheet number n of a seed: a floor plan or a sheet of machine parts, on its paper, perhaps scanned, askew or turned.</summary>
internal static class SheetSource
{
    public static Sheet Of(int seed, int number)
    {
        var random = new Random((seed * 1_000_003) + number);
        var width = random.Next(1400, 2000);
        using var draft = new Draft(random, width, (int)(width * 0.7071));
        if (number % 2 == 0)
        {
            FloorPlan.Draw(draft);
        }
        else
        {
            MachineSheet.Draw(draft);
        }

        using var picture = draft.Picture();
        return random.Next(3) == 0 ? Turned(picture, draft.Contents, random) : Flat(picture, draft.Contents, random);
    }

    private static Sheet Flat(SKImage picture, IReadOnlyList<Content> contents, Random random)
    {
        var (scan, tilt) = (random.Next(2) == 0, (random.NextDouble() * 2) - 1);
        var rgb = Rgb(
            picture,
            picture.Width,
            picture.Height,
            canvas =>
            {
                if (scan)
                {
                    canvas.RotateDegrees((float)tilt, picture.Width / 2f, picture.Height / 2f);
                }
            }
        );
        return new Sheet(Aged(rgb, picture.Width, picture.Height, scan, random), contents);
    }

    private static Sheet Turned(SKImage picture, IReadOnlyList<Content> contents, Random random)
    {
        var rgb = Rgb(
            picture,
            picture.Height,
            picture.Width,
            canvas =>
            {
                canvas.Translate(picture.Height, 0);
                canvas.RotateDegrees(90);
            }
        );
        var turned = contents.Select(content =>
            content with
            {
                Box = new Region(1 - content.Box.Bottom, content.Box.Left, 1 - content.Box.Top, content.Box.Right),
            }
        );
        return new Sheet(Aged(rgb, picture.Height, picture.Width, random.Next(2) == 0, random), [.. turned]);
    }

    private static byte[] Rgb(SKImage picture, int width, int height, Action<SKCanvas> prepare)
    {
        using var surface = SKSurface.Create(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var pixels = SKBitmap.FromImage(picture);
        surface.Canvas.Clear(pixels.GetPixel(1, 1));
        prepare(surface.Canvas);
        surface.Canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear));
        using var drawn = surface.PeekPixels();
        var source = drawn.GetPixelSpan<byte>();
        var rgb = new byte[width * height * 3];
        for (var at = 0; at < width * height; at++)
        {
            source.Slice(4 * at, 3).CopyTo(rgb.AsSpan(3 * at));
        }

        return rgb;
    }

    /// <summary>Grain, and light that falls off to a side, as a scanner or camera adds them.</summary>
    private static Pixels Aged(byte[] rgb, int width, int height, bool scan, Random random)
    {
        if (scan)
        {
            var (grain, fall) = (random.NextDouble() * 8, random.NextDouble() * 0.35);
            for (var at = 0; at < width * height; at++)
            {
                // The sum of four numbers is near enough to normal.
                var noise = grain * (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * 1.7;
                var light = 1 - (fall * (at % width) / width);
                for (var channel = 0; channel < 3; channel++)
                {
                    rgb[(3 * at) + channel] = (byte)Math.Clamp((rgb[(3 * at) + channel] * light) + noise, 0, 255);
                }
            }
        }

        return new Pixels(rgb, width, height, new Extent(0, 0, width, height), width, height);
    }
}
