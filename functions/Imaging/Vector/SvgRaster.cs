using NetVips;

namespace Serverless.Imaging.Vector;

/// <summary>
/// Draws SVG with librsvg, which is part of libvips: only what <see cref="SvgFile"/> or <see cref="SvgCanvas"/> wrote, in a decoder
/// process.
/// </summary>
internal static class SvgRaster
{
    /// <summary>libvips scales by this resolution divided by 72.</summary>
    private const double Dpi = 72;

    /// <summary>Pixels per unit: sheets in millimetres and points are drawn at 108 dpi.</summary>
    private const double Natural = 1.5;

    /// <summary>Many drawings declare a small size, or none, and are shown in any.</summary>
    private const double LeastSide = 2048;

    private static readonly Lazy<bool> Ready = new(() =>
    {
        Libvips.Initialise();
        Operation.Block("VipsForeignLoadSvg", false); // libvips calls it untrusted: hence the rewriting, and the process.
        return true;
    });

    /// <summary>The file, drawn on demand.</summary>
    public static Image Open(byte[] safe)
    {
        var (width, height, scale) = SizeOf(safe);
        var image = Load(safe, scale);
        return image.Width <= width + 1 && image.Height <= height + 1
            ? image
            : throw new UnsupportedImageException("The SVG image is damaged: it declares two sizes.");
    }

    /// <summary>Pixels of the drawing, and its scale.</summary>
    public static (int Width, int Height, double Scale) SizeOf(byte[] safe)
    {
        using var natural = Load(safe, 1);
        var size = DrawnSize.Of(natural.Width, natural.Height, Natural, LeastSide);
        using var drawn = Load(safe, size.Scale);
        return (drawn.Width, drawn.Height, size.Scale);
    }

    /// <summary>At the size that it declares, multiplied.</summary>
    public static Image Load(byte[] safe, double scale)
    {
        _ = Ready.Value;
        return Image.SvgloadBuffer(safe, dpi: Dpi, scale: scale, unlimited: true, access: Enums.Access.Sequential);
    }
}
