using NetVips;
using SkiaSharp;

namespace Bench.Quality.Drawings;

/// <summary>Animations and files of several pages that begin with the same picture and go on with others.</summary>
internal static class Animations
{
    private const int Side = 240;

    /// <summary>A ball that goes its way; which way, differs from some frame on.</summary>
    public static (byte[] A, byte[] B, string What) Moving(int index)
    {
        var (random, isWebp, count) = (new Random(index), index % 2 == 1, 3 + (index % 6));
        var from = 1 + random.Next(count - 1);
        byte[] Of(int other)
        {
            var path = new Random(index);
            var ground = Colours.Any(path);
            var (colour, radius) = (Colours.Any(path), 12 + path.Next(30));
            return Written(
                [
                    .. Enumerable
                        .Range(0, count)
                        .Select(frame =>
                            Frame(ground, colour, radius, new Random(Fields.HashCode(index, frame >= from ? frame + other : frame)))
                        ),
                ],
                isWebp
            );
        }

        return (Of(0), Of(1000), $"{(isWebp ? "WebP" : "GIF")} of {count} frames, other from frame {from + 1} on");
    }

    /// <summary>The same animation, and its first frame alone.</summary>
    public static (byte[] A, byte[] B, string What) Still(int index)
    {
        var (animation, _, what) = Moving(index + 5000);
        using var first = Image.NewFromBuffer(animation);
        return (animation, first.PngsaveBuffer(), $"{what}; the first alone");
    }

    /// <summary>Documents of several pages with the same cover.</summary>
    public static (byte[] A, byte[] B, string What) Pages(int index)
    {
        var kind = DrawingKind.All[index % 4];
        var count = 2 + (index % 4);
        var cover = kind.Picture(9000 + index);
        byte[] Of(int other)
        {
            using var first = Rgb(cover);
            var pages = Enumerable
                .Range(1, count - 1)
                .Select(page =>
                    Rgb(kind.Picture(9000 + index + (page * 997) + (page == count - 1 ? other : 0)))
                        .Gravity(Enums.CompassDirection.Centre, first.Width, first.Height, extend: Enums.Extend.White)
                );
            using var joined = Image.Arrayjoin([first, .. pages], across: 1);
            using var paged = joined.Mutate(image => image.Set(GValue.GIntType, "page-height", first.Height));
            return paged.TiffsaveBuffer(compression: Enums.ForeignTiffCompression.Deflate);
        }

        return (Of(0), Of(31), $"{kind.Name}, {count} pages, the last another");
    }

    private static Image Frame(SKColor ground, SKColor colour, int radius, Random place)
    {
        using var sheet = new Sheet(Side, Side, ground);
        sheet.Oval(radius + place.Next(Side - (2 * radius)), radius + place.Next(Side - (2 * radius)), radius, radius, colour);
        return Rgb(sheet.Png());
    }

    private static byte[] Written(Image[] frames, bool isWebp)
    {
        using var joined = Image.Arrayjoin(frames, across: 1);
        using var paged = joined.Mutate(image => image.Set(GValue.GIntType, "page-height", Side));
        return isWebp ? paged.WebpsaveBuffer(q: 80) : paged.GifsaveBuffer();
    }

    private static Image Rgb(byte[] png)
    {
        using var image = Image.NewFromBuffer(png);
        return image.ExtractBand(0, n: 3).CopyMemory();
    }
}
