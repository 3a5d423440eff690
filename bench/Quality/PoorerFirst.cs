using Local.Calibration;
using NetVips;

namespace Bench.Quality;

/// <summary>
/// A poorer copy first, then the original, which shows what the copy lost and must stay; and a copy of the poorer one, which shows nothing
/// more.
/// </summary>
internal static class PoorerFirst
{
    private static readonly (string Name, Func<Image, byte[]> Apply)[] Losses =
    [
        ("half size", image => Jpeg(image.Resize(0.5))),
        ("three quarters of the size", image => Jpeg(image.Resize(0.75))),
        ("10 % crop", image => Jpeg(CopyTransforms.Crop(image, 0.1, new Random(image.Width)))),
        ("2 % crop", image => Jpeg(CopyTransforms.Crop(image, 0.02, new Random(image.Width)))),
        ("blurred", image => Jpeg(image.Gaussblur(1.5))),
        ("greyscale", image => Jpeg(Adjustments.Grey(image))),
        ("sepia", image => Jpeg(Adjustments.Sepia(image))),
        ("a quarter of the saturation", image => Jpeg(Adjustments.Saturated(image, 0.25))),
        ("highlights clipped", image => Jpeg(image.Linear([1.3], [30.0], uchar: true))),
        ("shadows clipped", image => Jpeg(image.Linear([1.1], [-60.0], uchar: true))),
        ("16 levels a channel", image => Levels(image, 16).PngsaveBuffer(compression: 1)),
        ("GIF", image => image.GifsaveBuffer(dither: 0)),
        ("GIF with dither", image => image.GifsaveBuffer(dither: 1)),
        ("JPEG 10", image => Jpeg(image, 10)),
        ("JPEG 20", image => Jpeg(image, 20)),
        ("WebP 5", image => image.WebpsaveBuffer(q: 5)),
    ];

    public static IEnumerable<PairSource> Of(IReadOnlyList<Photo> photos) =>
        [
            .. Losses.Select(loss => Row($"{loss.Name}, then the original", false, picture => (loss.Apply(picture), null), photos)),
            Row("greyscale, then as JPEG 60", true, picture => Again(Jpeg(Adjustments.Grey(picture)), file => Jpeg(file, 60)), photos),
            Row("sepia, then as JPEG 60", true, picture => Again(Jpeg(Adjustments.Sepia(picture)), file => Jpeg(file, 60)), photos),
            Row("JPEG 10, then as JPEG 95", true, picture => Again(Jpeg(picture, 10), file => Jpeg(file, 95)), photos),
            Row("JPEG 20, then as JPEG 95", true, picture => Again(Jpeg(picture, 20), file => Jpeg(file, 95)), photos),
            Row("JPEG 85, then as JPEG 95", true, picture => Again(Jpeg(picture, 85), file => Jpeg(file, 95)), photos),
            Row("JPEG 75, then JPEG 90 of the original", true, picture => (Jpeg(picture, 75), Jpeg(picture, 90)), photos),
            Row("clipped, then as PNG", true, picture => Again(Jpeg(picture.Linear([1.3], [30.0], uchar: true)), Png), photos),
            Row("16 levels a channel, then as JPEG 90", true, picture => Again(Png(Levels(picture, 16)), file => Jpeg(file, 90)), photos),
            Row("JPEG 85, then as GIF", true, picture => (Jpeg(picture, 85), picture.GifsaveBuffer(dither: 0)), photos),
            Row("JPEG 85, then as GIF with dither", true, picture => (Jpeg(picture, 85), picture.GifsaveBuffer(dither: 1)), photos),
            Row(
                "GIF with dither, then as JPEG 90",
                true,
                picture => Again(picture.GifsaveBuffer(dither: 1), file => Jpeg(file, 90)),
                photos
            ),
            Row("GIF, then as JPEG 70", true, picture => Again(picture.GifsaveBuffer(dither: 0), file => Jpeg(file, 70)), photos),
            Row("GIF, then as JPEG 90", true, picture => Again(picture.GifsaveBuffer(dither: 0), file => Jpeg(file, 90)), photos),
        ];

    private static PairSource Row(
        string kind,
        bool isCopy,
        Func<Image, (byte[] First, byte[]? Later)> files,
        IReadOnlyList<Photo> photos
    ) =>
        new(
            kind,
            isCopy,
            false,
            photos.Count,
            at =>
            {
                var (first, later) = files(photos[at].Picture);
                return new HardPair(kind, photos[at].Name, first, later ?? photos[at].Original);
            }
        )
        {
            IsThinned = true,
        };

    private static (byte[] First, byte[]? Later) Again(byte[] file, Func<Image, byte[]> write)
    {
        using var read = Image.NewFromBuffer(file);
        using var flat = read.HasAlpha() ? read.ExtractBand(0, n: read.Bands - 1) : read.Copy();
        return (file, write(flat));
    }

    private static Image Levels(Image image, int count)
    {
        var step = 256.0 / count;
        using var low = image.Linear([1 / step], [0.0], uchar: false).Floor();
        return low.Linear([255.0 / (count - 1)], [0.0], uchar: true).Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static byte[] Png(Image image) => image.PngsaveBuffer(compression: 1);

    private static byte[] Jpeg(Image image, int quality = 85) => image.JpegsaveBuffer(q: quality);
}
