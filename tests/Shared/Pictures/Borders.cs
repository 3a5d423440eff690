using NetVips;

namespace Shared;

/// <summary>What people put around a whole picture.</summary>
public static class Borders
{
    /// <summary>A border of one colour; <paramref name="share"/> of the shorter side of the picture on each side.</summary>
    public static Image Plain(Image picture, double share, params double[] colour)
    {
        ArgumentNullException.ThrowIfNull(picture);
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

    /// <summary>A frame of another shape, filled with the picture, enlarged and blurred.</summary>
    public static Image Filled(Image picture, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var cover = picture.ThumbnailImage(width, height: height, crop: Enums.Interesting.Centre);
        using var blurred = cover.Gaussblur(width / 25.0).Linear([0.9], [0.0], uchar: true);
        using var fitted = picture.ThumbnailImage(width, height: height);
        return blurred.Insert(fitted, (width - fitted.Width) / 2, (height - fitted.Height) / 2).CopyMemory();
    }
}
