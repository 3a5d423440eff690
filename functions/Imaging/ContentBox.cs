namespace Serverless.Imaging;

/// <summary>
/// The content of a picture inside an added border, bars or blurred fill, as shares of the picture. Detected at 128 × 128 pixels, where
/// compression noise is averaged out, so that copies agree on it.
/// </summary>
internal readonly record struct ContentBox(double Left, double Top, double Right, double Bottom)
{
    public const int Side = Fingerprint.Side;

    /// <summary>Minimum share of a side to cut off: less makes no difference to the comparison.</summary>
    private const double LeastBorder = 0.015;

    /// <summary>Minimum share of a side for the content: anything smaller is a dot on a background.</summary>
    private const double LeastContent = 0.08;

    /// <summary>
    /// Rounds of flat border detection, each on the content found so far, so that small content is bounded as precisely as large.
    /// </summary>
    private const int Looks = 3;

    private static readonly ContentBox All = new(0, 0, 1, 1);

    /// <summary>The box, or null if the picture has no border.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="rgb">The same at 128 × 128 pixels, red, green and blue.</param>
    public static ContentBox? Of(Pixels pixels, byte[] rgb)
    {
        var box = BlurredFill.Within(rgb) ?? FlatBorder.Within(rgb) ?? All;
        if (box == All)
        {
            return null;
        }

        box = ContentEdges.Sharpened(pixels, box);
        for (var look = 1; look < Looks && FlatBorder.Within(Small(pixels, box)) is { } closer; look++)
        {
            box = ContentEdges.Sharpened(pixels, box.Of(closer));
        }

        return box.IsBounded ? box : null;
    }

    /// <summary>The pixels inside the box, as a picture.</summary>
    public Pixels Cut(Pixels pixels)
    {
        var extent = pixels.Extent;
        var (left, right) = Whole(extent.Left, extent.Right, Left, Right, pixels.Width);
        var (top, bottom) = Whole(extent.Top, extent.Bottom, Top, Bottom, pixels.Height);
        var (width, height) = (right - left, bottom - top);
        var cut = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            pixels.Rgb.AsSpan((((top + y) * pixels.Width) + left) * 3, width * 3).CopyTo(cut.AsSpan(y * width * 3));
        }

        return new Pixels(
            cut,
            width,
            height,
            new Extent(0, 0, width, height),
            Math.Max(width, (int)Math.Round((Right - Left) * pixels.SourceWidth)),
            Math.Max(height, (int)Math.Round((Bottom - Top) * pixels.SourceHeight))
        );
    }

    private static byte[] Small(Pixels pixels, ContentBox box) =>
        PillowResize.Resize(box.Cut(pixels), new ResizeWindow(Side, Side, 0, 0, Side, Side), Resample.Bilinear);

    /// <summary>Whether the box cuts off enough, and keeps enough.</summary>
    private bool IsBounded =>
        (Right - Left <= 1 - LeastBorder || Bottom - Top <= 1 - LeastBorder)
        && Right - Left >= LeastContent
        && Bottom - Top >= LeastContent;

    /// <summary>A box inside this one, as shares of the whole picture.</summary>
    private ContentBox Of(ContentBox inner)
    {
        var (width, height) = (Right - Left, Bottom - Top);
        return new ContentBox(
            Left + (inner.Left * width),
            Top + (inner.Top * height),
            Left + (inner.Right * width),
            Top + (inner.Bottom * height)
        );
    }

    private static (int From, int To) Whole(double from, double to, double low, double high, int length)
    {
        var first = Math.Clamp((int)Math.Round(from + (low * (to - from))), 0, length - 1);
        return (first, Math.Clamp((int)Math.Round(from + (high * (to - from))), first + 1, length));
    }
}
