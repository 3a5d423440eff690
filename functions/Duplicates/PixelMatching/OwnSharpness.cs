namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a picture is as sharp as its own points allow. Of a sharp one, a larger picture without finer detail is an
/// enlargement; of a soft one it may as well be the original, just as soft, and nothing tells.
/// </summary>
internal static class OwnSharpness
{
    private const int PatchSide = 20;
    private const int Patches = 24;

    /// <summary>Points around a patch that are looked at besides.</summary>
    private const int Reach = 1;

    /// <summary>Variance of a patch from which on it has something to be sharp about.</summary>
    private const double Texture = 40;

    /// <summary>Variance, in squared levels, that compression leaves of its finest waves.</summary>
    private const double Noise = 1.5;

    /// <summary>The share of a patch's variance that lies in its finest waves, from which on it is sharp.</summary>
    private const double Sharp = 0.04;

    /// <summary>The patch, of a hundred ordered by that share, that decides: not every part of a photograph is sharp.</summary>
    private const double Decisive = 0.75;

    /// <summary>False too where nothing in the picture could be sharp.</summary>
    public static bool Is(Plane plane)
    {
        var inner = new Area(Reach, Reach, plane.Width - Reach, plane.Height - Reach);
        List<double> shares =
        [
            .. PatchGrid
                .Choose(plane, inner, PatchSide, Patches)
                .Select(patch => Measure(plane, patch))
                .Where(patch => patch.Variance >= Texture)
                .Select(patch => (patch.FinestWaves - Noise) / patch.Variance)
                .Order(),
        ];
        return shares.Count > 0 && shares[(int)(shares.Count * Decisive)] >= Sharp;
    }

    /// <summary>The variance of a patch, and the mean square of what its points are off the means of the nine around them.</summary>
    private static (double Variance, double FinestWaves) Measure(Plane plane, Patch patch)
    {
        double sum = 0,
            squares = 0,
            waves = 0;
        for (var y = patch.Top; y < patch.Top + patch.Height; y++)
        {
            for (var x = patch.Left; x < patch.Left + patch.Width; x++)
            {
                double level = plane.Nearest(x, y);
                var wave = level - Around(plane, x, y);
                sum += level;
                squares += level * level;
                waves += wave * wave;
            }
        }

        double count = patch.Width * patch.Height;
        return ((squares / count) - (sum / count * (sum / count)), waves / count);
    }

    private static double Around(Plane plane, int x, int y)
    {
        var sum = 0;
        for (var row = y - Reach; row <= y + Reach; row++)
        {
            for (var column = x - Reach; column <= x + Reach; column++)
            {
                sum += plane.Nearest(column, row);
            }
        }

        return sum / 9.0;
    }
}
