using Serverless.Imaging;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Turns planes: mirrored left to right first, then by quarters clockwise.</summary>
internal static class PlaneTurning
{
    public static Plane Turn(Plane plane, ImageOrientation turn)
    {
        var turned = turn.IsMirrored() ? Mirror(plane) : plane;
        return turn.Quarters() switch
        {
            1 => Quarter(turned),
            2 => Half(turned),
            3 => Half(Quarter(turned)),
            _ => turned,
        };
    }

    private static Plane Mirror(Plane plane)
    {
        var mirrored = new Plane(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            plane.Row(y).CopyTo(mirrored.WritableRow(y));
            mirrored.WritableRow(y).Reverse();
        }

        return mirrored;
    }

    private static Plane Half(Plane plane)
    {
        var half = new Plane(plane.Width, plane.Height);
        plane.Values.CopyTo(half.Values, 0);
        Array.Reverse(half.Values);
        return half;
    }

    /// <summary>Clockwise, in tiles, so that both planes stay in the cache.</summary>
    private static Plane Quarter(Plane plane)
    {
        const int tile = 32;
        var (width, height) = (plane.Height, plane.Width);
        var turned = new Plane(width, height);
        for (var top = 0; top < plane.Height; top += tile)
        {
            for (var left = 0; left < plane.Width; left += tile)
            {
                for (var y = top; y < Math.Min(top + tile, plane.Height); y++)
                {
                    for (var x = left; x < Math.Min(left + tile, plane.Width); x++)
                    {
                        turned.Values[(x * width) + width - 1 - y] = plane.Values[(y * plane.Width) + x];
                    }
                }
            }
        }

        return turned;
    }
}
