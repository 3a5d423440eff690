using NetVips;
using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Photographs in which something was taken away, put in, shaded or written: the rest is the same to the point.</summary>
internal static class Photographs
{
    /// <summary>Mean difference in the middle of what was changed, in levels of 255, below which nobody would see it.</summary>
    private const double LeastDifference = 16;

    private const int Attempts = 60;

    /// <summary>A patch of the picture itself, from elsewhere, over what was there.</summary>
    public static Image? Removed(Image picture, Random random) =>
        Patched(
            picture,
            random,
            (width, height) => picture.Crop(random.Next(picture.Width - width), random.Next(picture.Height - height), width, height)
        );

    /// <summary>A piece of another picture, put in.</summary>
    public static Image? Added(Image picture, Image other, Random random)
    {
        using var scaled = other.ThumbnailImage(picture.Width, height: picture.Height, size: Enums.Size.Force);
        return Patched(
            picture,
            random,
            (width, height) => scaled.Crop(random.Next(scaled.Width - width), random.Next(scaled.Height - height), width, height)
        );
    }

    /// <summary>One shadow more.</summary>
    public static Image? Shaded(Image picture, Random random) =>
        Try(
            picture,
            random,
            (mask, width, height, x, y) =>
            {
                using var part = picture.Crop(x, y, width, height);
                using var dark = (part * 0.45).Cast(Enums.BandFormat.Uchar);
                return Laid(picture, dark, mask, x, y);
            }
        );

    /// <summary>Two plates with one character of difference, in the same place.</summary>
    public static (Image A, Image B) Plates(Image picture, Random random)
    {
        var width = Math.Max(90, (int)(picture.Width * (0.12 + (random.NextDouble() * 0.15))));
        int height = width / 4,
            x = random.Next(picture.Width - width),
            y = random.Next(picture.Height - height),
            seed = random.Next();
        return (With(null), With(new HashSet<int> { 0 }));

        Image With(HashSet<int>? changed)
        {
            using var sheet = new Sheet(width, height, new(236, 238, 232));
            var text = new Fields(seed, Degree.OneCharacter, changed).Text(digits =>
                $"{(char)('A' + digits.Next(26))}{(char)('A' + digits.Next(26))} {Texts.Number(digits, 4)}"
            );
            sheet.Frame(1, 1, width - 2, height - 2, Colours.Ink, 2, 4);
            sheet.Text(
                text,
                width / 2.0,
                height * 0.78,
                height * 0.78,
                Typefaces.Named("LiberationSans-Bold"),
                Colours.Ink,
                SKTextAlign.Center
            );
            using var plate = Image.NewFromBuffer(sheet.Png());
            using var flat = plate.ExtractBand(0, n: 3);
            return picture.Insert(flat, x, y).CopyMemory();
        }
    }

    private static Image? Patched(Image picture, Random random, Func<int, int, Image> patch) =>
        Try(
            picture,
            random,
            (mask, width, height, x, y) =>
            {
                using var over = patch(width, height);
                return Laid(picture, over, mask, x, y);
            }
        );

    private static Image? Try(Image picture, Random random, Func<Image, int, int, int, int, Image> change)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            int width = Math.Max(24, (int)(picture.Width * (0.03 + (random.NextDouble() * 0.12)))),
                height = Math.Max(24, (int)(width * (0.7 + random.NextDouble())));
            if (height >= picture.Height / 2)
            {
                continue;
            }

            int x = random.Next(picture.Width - width),
                y = random.Next(picture.Height - height);
            using var mask = Oval(width, height);
            var changed = change(mask, width, height, x, y).CopyMemory();
            using var before = picture.Crop(x + (width / 4), y + (height / 4), width / 2, height / 2);
            using var after = changed.Crop(x + (width / 4), y + (height / 4), width / 2, height / 2);
            using var difference = (before - after).Abs();
            if (difference.Avg() >= LeastDifference)
            {
                return changed;
            }

            changed.Dispose();
        }

        return null;
    }

    /// <summary>An oval that fades out at its edge.</summary>
    private static Image Oval(int width, int height)
    {
        using var sheet = new Sheet(width, height, SKColors.Black);
        sheet.Oval(width / 2.0, height / 2.0, width * 0.42, height * 0.42, SKColors.White);
        using var png = Image.NewFromBuffer(sheet.Png());
        using var mask = png.ExtractBand(0);
        return mask.Gaussblur(Math.Max(1, Math.Min(width, height) * 0.03)).CopyMemory();
    }

    private static Image Laid(Image picture, Image patch, Image mask, int x, int y)
    {
        using var under = picture.Crop(x, y, patch.Width, patch.Height);
        using var blended = mask.Ifthenelse(patch, under, blend: true);
        return picture.Insert(blended.Cast(Enums.BandFormat.Uchar), x, y);
    }
}
