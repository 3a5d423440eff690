using Local.Calibration;
using NetVips;
using Serverless.Duplicates.PixelMatching;
using Serverless.Imaging;
using Shared;

namespace Functions.Tests.Duplicates.PixelMatching;

/// <summary>Pictures that tests compare in full detail, and what they do to them.</summary>
internal static class DetailPictures
{
    public static Image Photograph(string name = "fruits")
    {
        using var picture = Image.NewFromFile(Picture.PhotoFile(name));
        using var rgb = Rgb(picture);
        return rgb.ThumbnailImage(360, size: Enums.Size.Down).CopyMemory();
    }

    public static Image Rgb(Image picture)
    {
        using var srgb = picture.Colourspace(Enums.Interpretation.Srgb);
        using var opaque = srgb.HasAlpha() ? srgb.Flatten(background: [255.0]) : srgb.Copy();
        return opaque.ExtractBand(0, n: 3).Cast(Enums.BandFormat.Uchar).CopyMemory();
    }

    public static PictureDetail Detail(Image picture) => PictureDetail.Of(Pixels(picture));

    public static PictureDetail Detail(byte[] file)
    {
        using var read = Image.NewFromBuffer(file);
        using var rgb = Rgb(read);
        return PictureDetail.Of(Pixels(rgb), JpegQuantisation.OfBrightness(file));
    }

    public static Pixels Pixels(Image picture) =>
        new(
            picture.WriteToMemory<byte>(),
            picture.Width,
            picture.Height,
            new Extent(0, 0, picture.Width, picture.Height),
            picture.Width,
            picture.Height
        );

    public static DetailMatch Compare(Image a, Image b) => DetailComparison.Compare(Detail(a), Detail(b));

    public static byte[] Jpeg(Image picture, int quality) => picture.JpegsaveBuffer(q: quality);

    public static Image Plain(int width, int height, params double[] colour)
    {
        using var black = Image.Black(width, height, bands: 3);
        return black.Linear([1.0, 1, 1], colour, uchar: true).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    /// <summary>A page of lines of figures; letters are <paramref name="height"/> points high.</summary>
    public static Image Page(IReadOnlyList<string> lines, int height, int width)
    {
        var page = Plain(width, (lines.Count + 1) * height * 2, 255, 255, 255);
        for (var line = 0; line < lines.Count; line++)
        {
            page = Write(page, lines[line], height, 16, height * ((2 * line) + 1));
        }

        return page;
    }

    public static Image Write(Image picture, string text, int height, int x, int y, double level = 20)
    {
        // Glyphs are six points wide with their gap and seven high.
        using var mask = Lettering.Mask(text, text.Length * 6 * height / 7);
        using var ink = mask.NewFromImage(level, level, level)
            .Bandjoin(mask.Cast(Enums.BandFormat.Uchar))
            .Copy(interpretation: Enums.Interpretation.Srgb);
        return picture.Composite2(ink, Enums.BlendMode.Over, x, y).ExtractBand(0, n: 3).Cast(Enums.BandFormat.Uchar).CopyMemory();
    }

    /// <summary>What programs do to a photograph as a whole, and one thing that they do not.</summary>
    public static Image Adjust(Image photo, string how)
    {
        double[][] colours = how switch
        {
            "grey" =>
            [
                [0.299, 0.587, 0.114],
                [0.299, 0.587, 0.114],
                [0.299, 0.587, 0.114],
            ],
            "sepia" =>
            [
                [0.393, 0.769, 0.189],
                [0.349, 0.686, 0.168],
                [0.272, 0.534, 0.131],
            ],
            "warm" =>
            [
                [1.08, 0, 0],
                [0, 1, 0],
                [0, 0, 0.9],
            ],
            "saturated" => Saturation(1.4),
            "pale" => Saturation(0.5),
            "nearly grey" => Saturation(0.25),
            "oversaturated" => Saturation(2),
            "exchanged" =>
            [
                [0, 0, 1.0],
                [1, 0, 0],
                [0, 1, 0],
            ],
            _ =>
            [
                [1.0, 0, 0],
                [0, 1, 0],
                [0, 0, 1],
            ],
        };
        using var matrix = Image.NewFromArray(colours);
        using var mixed = photo.Recomb(matrix);
        using var levels = how switch
        {
            "gamma" => mixed.Gamma(exponent: 0.85),
            "overexposed" => mixed.Linear([1.3], [30.0], uchar: true),
            "underexposed" => mixed.Linear([1.1], [-60.0], uchar: true),
            "blurred" => mixed.Gaussblur(1.5),
            "16 levels" => mixed.Linear([1 / 16.0], [0.0]).Floor().Linear([17.0], [0.0]),
            _ => mixed.Copy(),
        };
        return levels.Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
    }

    private static double[][] Saturation(double by)
    {
        var (red, green, blue) = (0.299 * (1 - by), 0.587 * (1 - by), 0.114 * (1 - by));
        return
        [
            [red + by, green, blue],
            [red, green + by, blue],
            [red, green, blue + by],
        ];
    }

    /// <summary>Rows of numbers, always the same.</summary>
    public static string[] Numbers(int rows, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, rows)
                .Select(_ =>
                    string.Join(
                        ' ',
                        Enumerable
                            .Range(0, 4)
                            .Select(_ => random.Next(10_000, 99_999).ToString(null, System.Globalization.CultureInfo.InvariantCulture))
                    )
                ),
        ];
    }
}
