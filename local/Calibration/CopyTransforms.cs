using NetVips;

namespace Local.Calibration;

/// <summary>An edit after which a picture is still the same picture.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="Group">The goal it belongs to.</param>
/// <param name="Apply">From an upright RGB picture to the bytes of a file.</param>
/// <param name="IsMarked">Whether it adds a mark: such a copy counts only if marks are accepted.</param>
internal sealed record CopyTransform(string Name, string Group, Func<Image, Random, byte[]> Apply, bool IsMarked = false);

/// <summary>The kinds of copies that calibration makes, from mild edits to combinations.</summary>
internal static class CopyTransforms
{
    public const string Mild = "re-encoding, resizing, format, brightness";
    public const string Cut = "crops to 5 %, borders, small watermarks";
    public const string Strong = "10 % crops and combinations";

    public static IReadOnlyList<CopyTransform> All { get; } =
    [
        new("JPEG quality 85", Mild, (image, _) => Jpeg(image, 85)),
        new("JPEG quality 50", Mild, (image, _) => Jpeg(image, 50)),
        new("JPEG quality 25", Mild, (image, _) => Jpeg(image, 25)),
        new("half size", Mild, (image, _) => Jpeg(image.Resize(0.5), 85)),
        new("quarter size", Mild, (image, _) => Jpeg(image.Resize(0.25), 85)),
        new("as PNG", Mild, (image, _) => image.PngsaveBuffer(compression: 1)),
        new("as WebP", Mild, (image, _) => image.WebpsaveBuffer(q: 70)),
        new("brighter", Mild, (image, _) => Jpeg(image.Linear([1.1], [15.0], uchar: true), 85)),
        new("darker", Mild, (image, _) => Jpeg(image.Linear([0.85], [-5.0], uchar: true), 85)),
        new("more contrast", Mild, (image, _) => Jpeg(image.Linear([1.25], [-30.0], uchar: true), 85)),
        new("2 % crop", Cut, (image, random) => Jpeg(Crop(image, 0.02, random), 85)),
        new("5 % crop", Cut, (image, random) => Jpeg(Crop(image, 0.05, random), 85)),
        new("border", Cut, (image, random) => Jpeg(Border(image, 0.04, random), 85)),
        new("letterbox", Cut, (image, random) => Jpeg(Letterbox(image, random), 85)),
        new("watermark", Cut, (image, random) => Jpeg(Watermark(image, random), 85), IsMarked: true),
        new("10 % crop", Strong, (image, random) => Jpeg(Crop(image, 0.10, random), 85)),
        new("5 % crop, half size, quality 50", Strong, (image, random) => Jpeg(Crop(image, 0.05, random).Resize(0.5), 50)),
        new(
            "watermark, brighter, WebP",
            Strong,
            (image, random) => Watermark(image, random).Linear([1.08], [10.0], uchar: true).WebpsaveBuffer(q: 60),
            IsMarked: true
        ),
        new("border, quarter size", Strong, (image, random) => Jpeg(Border(image, 0.04, random).Resize(0.25), 80)),
        new(
            "2 % crop, contrast, quality 40",
            Strong,
            (image, random) => Jpeg(Crop(image, 0.02, random).Linear([1.2], [-20.0], uchar: true), 40)
        ),
    ];

    private static byte[] Jpeg(Image image, int quality) => image.JpegsaveBuffer(q: quality);

    /// <summary>Crops a share of the width and height, split randomly between both sides.</summary>
    public static Image Crop(Image image, double share, Random random)
    {
        int width = (int)(image.Width * (1 - share)),
            height = (int)(image.Height * (1 - share));
        return image.Crop(random.Next(image.Width - width + 1), random.Next(image.Height - height + 1), width, height);
    }

    private static Image Border(Image image, double share, Random random)
    {
        var side = Math.Max(2, (int)(Math.Min(image.Width, image.Height) * share));
        double level = random.Next(3) * 127;
        return image.Embed(
            side,
            side,
            image.Width + (2 * side),
            image.Height + (2 * side),
            extend: Enums.Extend.Background,
            background: [level, level, level]
        );
    }

    private static Image Letterbox(Image image, Random random)
    {
        var bar = Math.Max(2, (int)(image.Height * (0.04 + (random.NextDouble() * 0.06))));
        return image.Embed(0, bar, image.Width, image.Height + (2 * bar), extend: Enums.Extend.Background, background: [0.0, 0, 0]);
    }

    /// <summary>A half-transparent name in a corner, a fifth of the width.</summary>
    private static Image Watermark(Image image, Random random)
    {
        using var mask = Lettering.Mask("PHOTO 26", Math.Max(16, image.Width / 5));
        var margin = Math.Max(2, image.Width / 50);
        var x = random.Next(2) == 0 ? margin : Math.Max(0, image.Width - mask.Width - margin);
        var y = random.Next(2) == 0 ? margin : Math.Max(0, image.Height - mask.Height - margin);
        using var opacity = (mask * 0.6).Cast(Enums.BandFormat.Uchar);
        using var white = (opacity.NewFromImage(255.0, 255.0, 255.0)).Bandjoin(opacity).Copy(interpretation: Enums.Interpretation.Srgb);
        return image.Composite2(white, Enums.BlendMode.Over, x, y).ExtractBand(0, n: 3).Cast(Enums.BandFormat.Uchar);
    }
}
