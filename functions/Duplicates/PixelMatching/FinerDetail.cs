namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a picture with more points for a scene has more detail of it: waves that the coarser one is too coarse for, and
/// that no enlargement of the coarser one makes.
/// </summary>
internal static class FinerDetail
{
    private const int PatchSide = 20;
    private const int Patches = 24;
    private const int Unknowns = 3;
    private const int Width = Unknowns + 1;

    /// <summary>Ratio of points along a side from which on one has more.</summary>
    public const double MorePoints = 1.12;

    /// <summary>Variance of a patch from which on it has something to be fine about.</summary>
    private const double Texture = 40;

    /// <summary>
    /// Share of a patch's variance that lies in waves that only the finer one has; enlargements leave what compression does.
    /// </summary>
    private const double LeastShare = 0.001;

    /// <summary>Share from which on the coarser one is too coarse to tell what the finer one shows: writing of a few points.</summary>
    private const double TooFine = 0.25;

    /// <summary>
    /// The same of a picture of all shades, and how fast it falls: the more of one brightness, the more it is a page or drawing.
    /// </summary>
    private const double TooFineOfPhotograph = 0.55;
    private const double Start = 0.85;
    private const double Fall = 1.2;

    /// <summary>Variance, in squared levels, that compression leaves of it.</summary>
    private const double Noise = 1.5;

    /// <summary>The patch, of a hundred ordered by that share, that decides: not every part of a photograph is sharp.</summary>
    private const double Decisive = 0.75;

    /// <summary>Response at waves of four points below which one of two pictures of one size is the softer.</summary>
    private const double Soft = 0.72;

    /// <summary>Response at the finest waves below which a picture is softer than the points of another bear.</summary>
    private const double Enlarged = 0.5;

    /// <summary>Share of the difference that the blur must explain.</summary>
    private const double Explained = 0.5;

    /// <summary>
    /// Whether such a share makes a picture the finer one. It does not where that picture is the softer one on the points of the
    /// coarser: it was enlarged then, and what it seems to have beyond is what compression left in the coarser one.
    /// </summary>
    public static bool IsFiner(double share, SharpnessMatch gridToOther) =>
        share > LeastShare
        && !(gridToOther.IsBlur && gridToOther.FineResponse < Enlarged && gridToOther.Left < Explained * gridToOther.Before);

    /// <summary>Whether so much is lost that the coarser one cannot show what the finer one does.</summary>
    public static bool IsTooFine(double share, ComparedScene compared) =>
        share > Math.Clamp(Start - (Fall * compared.Grid.CommonestShare), TooFine, TooFineOfPhotograph);

    /// <summary>Of two pictures with as many points: whether the first is, by the blur that takes it to the second.</summary>
    public static bool IsSharper(SharpnessMatch toOther) =>
        toOther.IsBlur && toOther.MiddleResponse < Soft && toOther.Left < Explained * toOther.Before;

    /// <summary>
    /// Share of the variance of textured patches that lies in waves which only the other picture, not the grid picture, has.
    /// </summary>
    public static double Share(SharedScene scene, PictureDetail other, Mapping mapping)
    {
        if (mapping.Scale < MorePoints)
        {
            return 0;
        }

        // The level on which about two points lie on one of the grid: what is finer still is there only if this is.
        var level = Math.Clamp((int)Math.Floor(Math.Log2(mapping.Scale / 1.4)), 0, other.Levels - 1);
        var between = mapping.Between(0, level);
        var shares = new List<double>();
        var inner = new Area(3, 3, scene.Width - 3, scene.Height - 3);
        foreach (var patch in PatchGrid.Choose(scene.Grid.Luma, inner, PatchSide, Patches))
        {
            if (Measure(scene, other.Level(level), between, patch) is { } share)
            {
                shares.Add(share);
            }
        }

        shares.Sort();
        return shares.Count == 0 ? 0 : shares[(int)(shares.Count * Decisive)];
    }

    private static double? Measure(SharedScene scene, Plane other, Mapping mapping, Patch patch)
    {
        // The patch in points of the other, and back from these to points of the scene.
        var (left, top) = (scene.Left + patch.Left, scene.Top + patch.Top);
        var (x, y) = ((int)Math.Ceiling(mapping.X(left)), (int)Math.Ceiling(mapping.Y(top)));
        var (width, height) = ((int)(mapping.ScaleX * patch.Width), (int)(mapping.ScaleY * patch.Height));
        var toGrid = new Mapping(
            1 / mapping.ScaleX,
            1 / mapping.ScaleY,
            ((x - mapping.ShiftX) / mapping.ScaleX) - scene.Left,
            ((y - mapping.ShiftY) / mapping.ScaleY) - scene.Top
        );
        if (x < 0 || y < 0 || x + width > other.Width || y + height > other.Height || width < 6 || height < 6)
        {
            return null;
        }

        var fine = PlaneResampling.Resample(other, new Mapping(1, 1, x, y), width, height);
        var variance = Variance(fine);
        if (variance < Texture)
        {
            return null;
        }

        var enlargements = Enlargements(scene.Grid.Luma, toGrid, width, height);
        var reach = (int)Math.Ceiling(mapping.Scale / 2);
        var unexplained = Unexplained(
            FineWaves([.. fine.Values.Select(value => (float)value)], width, height, reach),
            [.. enlargements.Select(values => FineWaves(values, width, height, reach))]
        );
        return Math.Max(0, unexplained - Noise) / variance;
    }

    /// <summary>The patch of the grid, enlarged as programs do: by repeating points, between two, between four.</summary>
    private static float[][] Enlargements(Plane grid, Mapping mapping, int width, int height)
    {
        var (nearest, linear) = (new float[width * height], new float[width * height]);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (atX, atY) = (mapping.X(x + 0.5), mapping.Y(y + 0.5));
                nearest[(y * width) + x] = grid.Nearest((int)Math.Floor(atX), (int)Math.Floor(atY));
                var (column, row) = ((int)Math.Floor(atX - 0.5), (int)Math.Floor(atY - 0.5));
                var (right, down) = ((float)(atX - 0.5 - column), (float)(atY - 0.5 - row));
                var above = grid.Nearest(column, row) + ((grid.Nearest(column + 1, row) - grid.Nearest(column, row)) * right);
                var below = grid.Nearest(column, row + 1) + ((grid.Nearest(column + 1, row + 1) - grid.Nearest(column, row + 1)) * right);
                linear[(y * width) + x] = above + ((below - above) * down);
            }
        }

        var cubic = PlaneResampling.Resample(grid, mapping, width, height);
        return [nearest, linear, [.. cubic.Values.Select(value => (float)value)]];
    }

    /// <summary>What is left of a patch less the mean around each point.</summary>
    private static float[] FineWaves(float[] values, int width, int height, int reach)
    {
        var waves = new float[values.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sum, count) = (0f, 0);
                for (var row = Math.Max(0, y - reach); row <= Math.Min(height - 1, y + reach); row++)
                {
                    for (var column = Math.Max(0, x - reach); column <= Math.Min(width - 1, x + reach); column++)
                    {
                        sum += values[(row * width) + column];
                        count++;
                    }
                }

                waves[(y * width) + x] = values[(y * width) + x] - (sum / count);
            }
        }

        return waves;
    }

    /// <summary>Variance of the one that no sum of the others explains.</summary>
    private static double Unexplained(float[] waves, float[][] others)
    {
        Span<double> system = stackalloc double[Unknowns * Width];
        for (var row = 0; row < Unknowns; row++)
        {
            for (var column = 0; column < Unknowns; column++)
            {
                system[(row * Width) + column] = Product(others[row], others[column]) + (row == column ? waves.Length * 0.01 : 0);
            }

            system[(row * Width) + Unknowns] = Product(others[row], waves);
        }

        var left = Product(waves, waves);
        if (LinearSystem.TrySolve(system, Unknowns))
        {
            left = 0;
            for (var at = 0; at < waves.Length; at++)
            {
                var error =
                    waves[at]
                    - (system[Unknowns] * others[0][at])
                    - (system[Width + Unknowns] * others[1][at])
                    - (system[(2 * Width) + Unknowns] * others[2][at]);
                left += error * error;
            }
        }

        return left / waves.Length;
    }

    private static double Product(float[] one, float[] other) => System.Numerics.Tensors.TensorPrimitives.Dot<float>(one, other);

    private static double Variance(Plane plane)
    {
        double sum = 0,
            squares = 0;
        foreach (double value in plane.Values)
        {
            sum += value;
            squares += value * value;
        }

        return (squares / plane.Values.Length) - (sum / plane.Values.Length * (sum / plane.Values.Length));
    }
}
