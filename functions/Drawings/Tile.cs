using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>A part of a page that is searched on its own.</summary>
/// <param name="Sheet">The page as lines.</param>
/// <param name="Page">The page as it is.</param>
/// <param name="Strokes">The strokes that belong to it, in points of the sheet: not the walls and measures that cross its box.</param>
internal sealed record Tile(Region Box, Pixels Page, LineSheet Sheet, IReadOnlyList<int> Strokes)
{
    /// <summary>The longer side of <see cref="Pixels"/> at most.</summary>
    public const int MostSide = 512;

    /// <summary>The part of the page, made smaller if it is large. Computed at each call.</summary>
    public Pixels Pixels => Crop(Page, Box);

    /// <summary>The part as lines of one width (<see cref="LineDrawing"/>). Computed at each call.</summary>
    public Pixels Lines => LineDrawing.Of(Sheet, Box, Strokes);

    private static Pixels Crop(Pixels page, Region box)
    {
        var (left, top) = (Place(box.Left, page.Width), Place(box.Top, page.Height));
        var width = Math.Max(1, (int)Math.Ceiling(box.Right * page.Width) - left);
        var height = Math.Max(1, (int)Math.Ceiling(box.Bottom * page.Height) - top);
        var part = page with { Extent = new Extent(left, top, Math.Min(page.Width, left + width), Math.Min(page.Height, top + height)) };
        var scale = Math.Min(1.0, (double)MostSide / Math.Max(width, height));
        var (outWidth, outHeight) = (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
        var rgb = PillowResize.Resize(part, new ResizeWindow(outWidth, outHeight, 0, 0, outWidth, outHeight), Resample.Box);
        return new Pixels(rgb, outWidth, outHeight, new Extent(0, 0, outWidth, outHeight), outWidth, outHeight);
    }

    private static int Place(double fraction, int size) => Math.Clamp((int)Math.Floor(fraction * size), 0, size - 1);
}
