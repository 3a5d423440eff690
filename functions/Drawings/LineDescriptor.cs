using System.Numerics.Tensors;

namespace Serverless.Drawings;

/// <summary>
/// What strokes look like, as a vector: how much stroke of which direction there is in each cell of a grid over the box around them,
/// smoothed over neighbouring cells and directions, so that a wobbly line or another proportion changes little.
/// </summary>
internal static class LineDescriptor
{
    public const int Dimensions = Cells * Cells * Directions;

    private const int Cells = 6;
    private const int Directions = 8;
    private const int Side = 72;
    private const double StrokeWidth = 2.5;
    private const double Margin = 3;

    /// <summary>How far another proportion is stretched to a square: 0 not, 1 wholly.</summary>
    private const double Stretch = 0.7;

    /// <summary>Width to height, and size, of a sketch as it is looked for.</summary>
    private static readonly (double Shape, double Size)[] Looks = [(1, 1), (1.2, 1), (1 / 1.2, 1), (1, 0.88), (1, 1.08)];

    /// <summary>Of unit length; zeros if there is no stroke.</summary>
    /// <param name="points">The strokes of the part.</param>
    public static float[] Of(Mask strokes, IReadOnlyList<int> points) => Of(strokes, points, 1, 1);

    /// <summary>
    /// The same of a sketch: the mean of its vectors in slightly other proportions and sizes, since no sketch has those of the drawing.
    /// </summary>
    public static float[] OfSketch(Mask strokes, IReadOnlyList<int> points)
    {
        var mean = new float[Dimensions];
        foreach (var (shape, size) in Looks)
        {
            TensorPrimitives.Add(mean, Of(strokes, points, shape, size), mean);
        }

        return Unit(mean);
    }

    private static float[] Of(Mask strokes, IReadOnlyList<int> points, double shape, double size)
    {
        var vector = new float[Dimensions];
        if (points.Count == 0)
        {
            return vector;
        }

        Fill(vector, Canvas(strokes, points, shape, size));
        for (var at = 0; at < vector.Length; at++)
        {
            vector[at] = MathF.Sqrt(vector[at]);
        }

        // Of numbers that are never negative any two vectors are alike; less their mean, only those with the same strokes are.
        var mean = TensorPrimitives.Sum<float>(vector) / vector.Length;
        TensorPrimitives.Subtract(vector, mean, vector);

        return Unit(vector);
    }

    private static float[] Unit(float[] vector)
    {
        if (TensorPrimitives.Norm<float>(vector) is > 0 and var length)
        {
            TensorPrimitives.Divide(vector, length, vector);
        }

        return vector;
    }

    private static float[] Canvas(Mask strokes, IReadOnlyList<int> points, double shape, double size)
    {
        double left = points.Min(at => at % strokes.Width),
            right = points.Max(at => at % strokes.Width) + 1,
            top = points.Min(at => at / strokes.Width),
            bottom = points.Max(at => at / strokes.Width) + 1;
        double width = right - left,
            height = bottom - top;
        var room = (Side - (2 * Margin)) * size;
        var longer = Math.Max(width, height);
        var acrossSize = room * Math.Pow(width / longer, 1 - Stretch) * Math.Min(1, shape);
        var downSize = room * Math.Pow(height / longer, 1 - Stretch) * Math.Min(1, 1 / shape);
        var scale = (X: acrossSize / width, Y: downSize / height);
        var origin = (left - ((Side - acrossSize) / 2 / scale.X), top - ((Side - downSize) / 2 / scale.Y));
        var canvas = new StrokeCanvas(Side, Side, StrokeWidth);
        canvas.Draw(strokes, points, origin, scale);
        return canvas.Ink;
    }

    private static void Fill(float[] vector, float[] ink)
    {
        for (var y = 1; y < Side - 1; y++)
        {
            for (var x = 1; x < Side - 1; x++)
            {
                var at = (y * Side) + x;
                var dx = ink[at + 1] - ink[at - 1];
                var dy = ink[at + Side] - ink[at - Side];
                var strength = MathF.Sqrt((dx * dx) + (dy * dy));
                if (strength > 0.02f)
                {
                    Put(vector, x, y, MathF.Atan2(dy, dx) / MathF.PI * Directions, strength);
                }
            }
        }
    }

    private static void Put(float[] vector, int x, int y, float direction, float strength)
    {
        var (cellX, cellY) = (((x + 0.5f) / Side * Cells) - 0.5f, ((y + 0.5f) / Side * Cells) - 0.5f);
        var (firstX, firstY, first) = ((int)MathF.Floor(cellX), (int)MathF.Floor(cellY), (int)MathF.Floor(direction));
        for (var corner = 0; corner < 8; corner++)
        {
            int stepX = corner & 1,
                stepY = (corner >> 1) & 1,
                step = corner >> 2;
            if (firstX + stepX is < 0 or >= Cells || firstY + stepY is < 0 or >= Cells)
            {
                continue;
            }

            var share =
                (1 - Math.Abs(cellX - firstX - stepX)) * (1 - Math.Abs(cellY - firstY - stepY)) * (1 - Math.Abs(direction - first - step));
            var bin = (first + step + (4 * Directions)) % Directions;
            vector[(((((firstY + stepY) * Cells) + firstX + stepX) * Directions) + bin)] += share * strength;
        }
    }
}
