using NetVips;

namespace Bench.Quality;

/// <summary>Copies within wide borders, bars and blurred fills, and the bordered one first.</summary>
internal static class BorderedCopies
{
    private static readonly double[] Shares = [0.05, 0.15, 0.3, 0.6];
    private static readonly (string Name, double[] Colour)[] Colours =
    [
        ("white", [255, 255, 255]),
        ("black", [0, 0, 0]),
        ("blue", [40, 90, 160]),
    ];

    public static IEnumerable<PairSource> Of(IReadOnlyList<Photo> photos)
    {
        foreach (var share in Shares)
        {
            foreach (var (name, colour) in Colours)
            {
                yield return Made($"{name} border, {share * 100:0} % of the shorter side", picture => Plain(picture, share, colour));
            }
        }

        yield return Made("on a blurred fill, upright", picture => Filled(picture, 720, 1280));
        yield return Made("on a blurred fill, lying", picture => Filled(picture, 1280, 720));
        yield return Reversed("white border, 30 %, then without", picture => Plain(picture, 0.3, Colours[0].Colour));
        yield return Reversed("on a blurred fill, then without", picture => Filled(picture, 1080, 1920));

        PairSource Made(string kind, Func<Image, Image> border) =>
            new(
                kind,
                true,
                false,
                photos.Count,
                at =>
                {
                    using var bordered = border(photos[at].Picture);
                    return new HardPair(kind, photos[at].Name, photos[at].Original, bordered.JpegsaveBuffer(q: 80));
                }
            )
            {
                IsThinned = true,
            };

        // The plain one is no larger than the same in the border: it has nothing that the other lacks.
        PairSource Reversed(string kind, Func<Image, Image> border) =>
            new(
                kind,
                true,
                false,
                photos.Count,
                at =>
                {
                    using var bordered = border(photos[at].Picture);
                    using var plain = photos[at].Picture.Resize(0.5);
                    return new HardPair(kind, photos[at].Name, bordered.JpegsaveBuffer(q: 90), plain.JpegsaveBuffer(q: 85));
                }
            )
            {
                IsThinned = true,
            };
    }

    private static Image Plain(Image picture, double share, double[] colour)
    {
        var side = (int)(Math.Min(picture.Width, picture.Height) * share);
        return picture.Embed(
            side,
            side,
            picture.Width + (2 * side),
            picture.Height + (2 * side),
            extend: Enums.Extend.Background,
            background: colour
        );
    }

    /// <summary>The picture in a frame of another shape, filled with itself, enlarged and blurred.</summary>
    private static Image Filled(Image picture, int width, int height)
    {
        using var cover = picture.ThumbnailImage(width, height: height, crop: Enums.Interesting.Centre);
        using var blurred = cover.Gaussblur(width / 25.0).Linear([0.9], [0.0], uchar: true);
        using var fitted = picture.ThumbnailImage(width, height: height);
        return blurred.Insert(fitted, (width - fitted.Width) / 2, (height - fitted.Height) / 2).CopyMemory();
    }
}
