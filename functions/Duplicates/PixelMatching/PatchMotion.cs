namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// How far the content of a small patch lies from where a mapping puts it, by Lucas and Kanade's method: brightness and contrast
/// of the patch are its own, and the slopes are those of the mean of both.
/// </summary>
/// <param name="X">Of the middle of the patch, in points of the grid.</param>
/// <param name="Y">Of the middle of the patch.</param>
/// <param name="MotionX">To the right, in points of the grid.</param>
/// <param name="MotionY">Down.</param>
/// <param name="Xx">Products of slopes across, summed: what the patch knows of its place.</param>
/// <param name="Xy">Of slopes across and down.</param>
/// <param name="Yy">Of slopes down.</param>
/// <param name="Noise">Mean squared difference after brightness and contrast are matched, before the last step.</param>
/// <param name="Variance">The larger of the two variances.</param>
/// <param name="Correlation">Of the two, in [-1, 1].</param>
internal readonly record struct PatchMotion(
    double X,
    double Y,
    double MotionX,
    double MotionY,
    double Xx,
    double Xy,
    double Yy,
    double Noise,
    double Variance,
    double Correlation
)
{
    /// <summary>Points a side at most.</summary>
    public const int MostSide = 24;

    /// <summary>Variance below which nothing is there to compare.</summary>
    private const double Least = 1;

    /// <summary>A motion beyond this, in points, is none that a patch can tell.</summary>
    private const double Furthest = 4;

    private const double Settled = 0.01;

    /// <summary>Keeps a patch with slopes in one direction only from moving along its edges.</summary>
    private const double Damping = 0.01;

    /// <summary>Variance of the motion along its less certain direction, in squared points.</summary>
    public double Uncertainty
    {
        get
        {
            var (half, difference) = ((Xx + Yy) / 2, (Xx - Yy) / 2);
            return (Noise + 1) / Math.Max(1e-9, half - Math.Sqrt((difference * difference) + (Xy * Xy)));
        }
    }

    /// <summary>Measures a patch of <paramref name="grid"/> against the same on <paramref name="other"/>.</summary>
    public static PatchMotion Measure(Plane grid, Plane other, Mapping mapping, Patch patch, int steps)
    {
        const int most = (MostSide + 2) * (MostSide + 2);
        Span<float> here = stackalloc float[most];
        Span<float> there = stackalloc float[most];
        var (across, down) = (patch.Width + 2, patch.Height + 2);
        for (var y = 0; y < down; y++)
        {
            var row = grid.Row(Math.Clamp(patch.Top + y - 1, 0, grid.Height - 1));
            for (var x = 0; x < across; x++)
            {
                here[(y * across) + x] = row[Math.Clamp(patch.Left + x - 1, 0, grid.Width - 1)];
            }
        }

        var (motionX, motionY) = (0.0, 0.0);
        for (var step = 1; ; step++)
        {
            Sample(other, mapping, (patch.Left - 1 + motionX, patch.Top - 1 + motionY), across, down, there);
            var found = Solve(here, there, across, down);
            (motionX, motionY) = (motionX + found.MotionX, motionY + found.MotionY);
            var isLost = Math.Abs(motionX) > Furthest || Math.Abs(motionY) > Furthest;
            if (isLost || step >= steps || Math.Abs(found.MotionX) + Math.Abs(found.MotionY) < Settled)
            {
                return found with
                {
                    X = patch.Left + (patch.Width / 2.0),
                    Y = patch.Top + (patch.Height / 2.0),
                    MotionX = motionX,
                    MotionY = motionY,
                    Correlation = isLost ? 0 : found.Correlation,
                };
            }
        }
    }

    /// <summary>Reads between points, bilinear.</summary>
    private static void Sample(Plane plane, Mapping mapping, (double X, double Y) start, int across, int down, Span<float> values)
    {
        Span<int> columns = stackalloc int[across];
        Span<float> beyond = stackalloc float[across];
        for (var x = 0; x < across; x++)
        {
            var place = mapping.X(start.X + x + 0.5) - 0.5;
            columns[x] = (int)Math.Floor(place);
            beyond[x] = (float)(place - columns[x]);
        }

        for (var y = 0; y < down; y++)
        {
            var place = mapping.Y(start.Y + y + 0.5) - 0.5;
            var row = (int)Math.Floor(place);
            var share = (float)(place - row);
            var upper = plane.Row(Math.Clamp(row, 0, plane.Height - 1));
            var lower = plane.Row(Math.Clamp(row + 1, 0, plane.Height - 1));
            for (var x = 0; x < across; x++)
            {
                var (one, two) = (Math.Clamp(columns[x], 0, plane.Width - 1), Math.Clamp(columns[x] + 1, 0, plane.Width - 1));
                var above = upper[one] + ((upper[two] - upper[one]) * beyond[x]);
                var below = lower[one] + ((lower[two] - lower[one]) * beyond[x]);
                values[(y * across) + x] = above + ((below - above) * share);
            }
        }
    }

    private static PatchMotion Solve(ReadOnlySpan<float> here, ReadOnlySpan<float> there, int across, int down)
    {
        double a = 0,
            b = 0,
            aa = 0,
            bb = 0,
            ab = 0;
        for (var y = 1; y < down - 1; y++)
        {
            for (var x = 1; x < across - 1; x++)
            {
                var (p, q) = (here[(y * across) + x], there[(y * across) + x]);
                a += p;
                b += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
        }

        var count = (across - 2) * (down - 2);
        (a, b) = (a / count, b / count);
        var (varianceA, varianceB, covariance) = (
            Math.Max(0, (aa / count) - (a * a)),
            Math.Max(0, (bb / count) - (b * b)),
            (ab / count) - (a * b)
        );
        var patch = default(PatchMotion) with { Variance = Math.Max(varianceA, varianceB), Noise = varianceA };
        if (varianceA < Least || varianceB < Least || covariance <= 0)
        {
            return patch;
        }

        var gain = (float)(covariance / varianceB);
        var offset = (float)(a - (gain * b));
        double xx = 0,
            xy = 0,
            yy = 0,
            xe = 0,
            ye = 0,
            ee = 0;
        for (var y = 1; y < down - 1; y++)
        {
            for (var x = 1; x < across - 1; x++)
            {
                var at = (y * across) + x;
                var dx = (here[at + 1] - here[at - 1] + (gain * (there[at + 1] - there[at - 1]))) / 4;
                var dy = (here[at + across] - here[at - across] + (gain * (there[at + across] - there[at - across]))) / 4;
                var error = here[at] - (gain * there[at]) - offset;
                xx += dx * dx;
                xy += dx * dy;
                yy += dy * dy;
                xe += dx * error;
                ye += dy * error;
                ee += error * error;
            }
        }

        var ridge = (Damping * (xx + yy)) + count;
        var determinant = ((xx + ridge) * (yy + ridge)) - (xy * xy);
        return patch with
        {
            MotionX = (((yy + ridge) * xe) - (xy * ye)) / determinant,
            MotionY = (((xx + ridge) * ye) - (xy * xe)) / determinant,
            Xx = xx,
            Xy = xy,
            Yy = yy,
            Noise = ee / count,
            Correlation = covariance / Math.Sqrt(varianceA * varianceB),
        };
    }
}

/// <summary>A small part of a plane, in whole points.</summary>
internal readonly record struct Patch(int Left, int Top, int Width, int Height);
