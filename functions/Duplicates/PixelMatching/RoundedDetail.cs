namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a strongly compressed JPEG lost detail of the other picture: waves that its steps rounded to nothing. In a copy that was
/// written from the JPEG they are missing too.
/// </summary>
internal static class RoundedDetail
{
    private const int Side = BlockTransform.Side;

    /// <summary>The step of the mean from which on (quality 40 and less) compression can be seen.</summary>
    private const float Coarse = 20;

    /// <summary>A JPEG with more than this share of the steps is hardly finer.</summary>
    private const float Finer = 0.5f;

    private const int MostBlocks = 500;

    /// <summary>Levels between the darkest and the brightest point from which on a block has detail.</summary>
    private const int Texture = 16;

    /// <summary>
    /// Root mean square of what was lost, in levels, from which on it can be seen: less where steps are so coarse that blocks can be seen.
    /// </summary>
    private const float Visible = 3.5f;
    private const float LeastVisible = 1.5f;

    /// <param name="rich">The picture that may have kept the detail, point on point with the other.</param>
    /// <param name="stepsOfRich">Its steps; null if it is no JPEG.</param>
    /// <param name="rounded">The JPEG that may have lost it.</param>
    /// <param name="steps">The steps of the JPEG; null if it is none.</param>
    /// <param name="start">The column and row of the JPEG in which the planes begin.</param>
    public static bool IsLost(Plane rich, float[]? stepsOfRich, Plane rounded, float[]? steps, (int X, int Y) start)
    {
        if (steps is null || steps[0] < Coarse || (stepsOfRich is not null && stepsOfRich.Sum() > Finer * steps.Sum()))
        {
            return false;
        }

        var (left, top) = ((Side - (start.X % Side)) % Side, (Side - (start.Y % Side)) % Side);
        var (across, down) = ((rich.Width - left) / Side, (rich.Height - top) / Side);
        var (blocks, lost) = (0, 0f);
        var step = 1 + (across * down / MostBlocks);
        for (var at = 0; at < across * down; at += step)
        {
            if (Lost(rich, rounded, steps, left + (at % across * Side), top + (at / across * Side)) is { } square)
            {
                blocks++;
                lost += square;
            }
        }

        var visible = Math.Max(LeastVisible, Visible * Coarse / steps[0]);
        return blocks > 0 && lost > visible * visible * blocks;
    }

    /// <summary>Mean square of the detail that a block lost; null where it has none.</summary>
    private static float? Lost(Plane rich, Plane rounded, float[] steps, int x, int y)
    {
        Span<float> points = stackalloc float[BlockTransform.Points],
            waves = stackalloc float[BlockTransform.Points],
            kept = stackalloc float[BlockTransform.Points];
        if (Read(rich, x, y, points) < Texture)
        {
            return null;
        }

        BlockTransform.Forth(points, waves);
        Read(rounded, x, y, points);
        BlockTransform.Forth(points, kept);
        var lost = 0f;
        for (var at = 1; at < waves.Length; at++)
        {
            lost += Math.Abs(kept[at]) < steps[at] / 2 ? waves[at] * waves[at] : 0;
        }

        return lost / BlockTransform.Points;
    }

    /// <summary>Reads a block; returns the levels between its darkest and its brightest point.</summary>
    private static float Read(Plane plane, int x, int y, Span<float> points)
    {
        var (least, most) = (255f, 0f);
        for (var at = 0; at < points.Length; at++)
        {
            var level = points[at] = plane.Values[((y + (at / Side)) * plane.Width) + x + (at % Side)];
            (least, most) = (Math.Min(least, level), Math.Max(most, level));
        }

        return most - least;
    }
}
