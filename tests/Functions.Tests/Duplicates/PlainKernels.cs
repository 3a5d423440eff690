namespace Functions.Tests.Duplicates;

/// <summary>The plain versions of what the comparison of pixels computes eight points at a time.</summary>
internal static class PlainKernels
{
    /// <summary>The weighted mean of each point with its neighbours, 1-2-1 both ways; at the edges along them only.</summary>
    public static float[] Smooth(byte[] luma, int side)
    {
        var across = Weighted([.. luma.Select(value => (double)value)], at => at % side, 1);
        return [.. Weighted(across, at => at / side, side).Select(value => (float)value)];

        double[] Weighted(double[] values, Func<int, int> place, int step) =>
            [
                .. values.Select(
                    (value, at) =>
                        place(at) == 0 || place(at) == side - 1 ? value : (values[at - step] + (2 * value) + values[at + step]) / 4
                ),
            ];
    }

    /// <summary>The part of a picture, point by point, bilinear.</summary>
    public static float[] Sample(float[] picture, int side, double scaleX, double scaleY, double left, double top)
    {
        var part = new float[side * side];
        for (var at = 0; at < part.Length; at++)
        {
            var (x, right) = Place(at % side, scaleX, left);
            var (y, down) = Place(at / side, scaleY, top);
            var from = (y * side) + x;
            var above = picture[from] + ((picture[from + 1] - picture[from]) * right);
            var below = picture[from + side] + ((picture[from + side + 1] - picture[from + side]) * right);
            part[at] = (float)(above + ((below - above) * down));
        }

        return part;

        (int Before, double Beyond) Place(int index, double scale, double start)
        {
            var place = Math.Clamp(((start * side) + ((index + 0.5) * scale)) - 0.5, 0, side - 1);
            var before = Math.Min((int)place, side - 2);
            return (before, place - before);
        }
    }

    /// <summary>The normal equations of a registration step: six rows of six coefficients and a right side.</summary>
    public static double[] NormalEquations(float[] sample, float[] target, int side, double gain, double offset)
    {
        const int unknowns = 6,
            width = 7,
            edge = 2;
        var limit = Math.Max(6, 2 * Enumerable.Range(0, sample.Length).Average(at => Math.Abs(target[at] - (gain * sample[at]) - offset)));
        var normal = new double[unknowns * width];
        for (var y = edge; y < side - edge; y++)
        {
            for (var x = edge; x < side - edge; x++)
            {
                var at = (y * side) + x;
                var error = target[at] - (gain * sample[at]) - offset;
                var weight = Math.Pow(1 + (error / limit * (error / limit)), -2);
                var (dx, dy) = (gain * (sample[at + 1] - sample[at - 1]) / 2, gain * (sample[at + side] - sample[at - side]) / 2);
                double[] row = [dx, dy, dx * (x + 0.5 - (side / 2.0)), dy * (y + 0.5 - (side / 2.0)), sample[at], 1, error];
                for (var term = 0; term < normal.Length; term++)
                {
                    normal[term] += weight * row[term / width] * row[term % width];
                }
            }
        }

        return normal;
    }

    /// <summary>The curve that is straight between equally far levels of 0 to 256.</summary>
    public static float Tone(float[] levels, float value)
    {
        var place = Math.Clamp(value * (levels.Length - 1) / 256, 0, levels.Length - 1.001f);
        var knot = (int)place;
        return levels[knot] + ((levels[knot + 1] - levels[knot]) * (place - knot));
    }
}
