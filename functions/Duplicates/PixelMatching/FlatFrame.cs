namespace Serverless.Duplicates.PixelMatching;

/// <summary>The part of a picture within a border or bars of one brightness.</summary>
internal static class FlatFrame
{
    /// <summary>
    /// Levels between the darkest and the brightest point of a row that is still flat: compression beside an edge leaves some.
    /// </summary>
    private const int Flat = 14;

    public static Area Within(PictureDetail picture)
    {
        var plane = picture.Luma;
        var (top, bottom) = (0, plane.Height);
        while (top < plane.Height && IsFlat(plane, top, 0))
        {
            top++;
        }

        if (top == plane.Height)
        {
            return Area.Of(picture);
        }

        while (IsFlat(plane, bottom - 1, plane.Height - 1))
        {
            bottom--;
        }

        // Two plain bands: each is the border of the other.
        if (bottom <= top)
        {
            return Area.Of(picture);
        }

        var (left, right) = (0, plane.Width);
        while (left < plane.Width - 1 && IsFlatColumn(plane, left, 0, top, bottom))
        {
            left++;
        }

        while (right > left + 1 && IsFlatColumn(plane, right - 1, plane.Width - 1, top, bottom))
        {
            right--;
        }

        return new Area(left, top, right, bottom);
    }

    private static bool IsFlat(Plane plane, int y, int edge)
    {
        var row = plane.Row(y);
        var like = plane.Row(edge)[0];
        foreach (var value in row)
        {
            if (Math.Abs(value - like) > Flat)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsFlatColumn(Plane plane, int x, int edge, int top, int bottom)
    {
        var like = plane.Values[(top * plane.Width) + edge];
        for (var y = top; y < bottom; y++)
        {
            if (Math.Abs(plane.Values[(y * plane.Width) + x] - like) > Flat)
            {
                return false;
            }
        }

        return true;
    }
}
