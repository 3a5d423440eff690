using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>Sums of areas of 2 × 2 cells, eight areas at once. All sums are whole numbers, or quarters, and exact.</summary>
internal static class AreaVectors
{
    private const int Step = 16;

    /// <summary>The areas of two rows of cells, as many as fill whole vectors; says how many.</summary>
    public static int OfFours(ScenePicture a, ScenePicture b, int row, Span<AreaSums> areas)
    {
        var width = a.Cells.Width;
        Span<int> y = stackalloc int[8],
            blue = stackalloc int[8],
            red = stackalloc int[8],
            levels = stackalloc int[8],
            squares = stackalloc int[8],
            saturations = stackalloc int[8];
        var x = 0;
        for (; x + Step <= width; x += Step)
        {
            var (upper, lower) = (Of(a, b, (2 * row * width) + x), Of(a, b, (((2 * row) + 1) * width) + x));
            (upper.Y + lower.Y).CopyTo(y);
            (upper.Blue + lower.Blue).CopyTo(blue);
            (upper.Red + lower.Red).CopyTo(red);
            (upper.Levels + lower.Levels).CopyTo(levels);
            (upper.Squares + lower.Squares).CopyTo(squares);
            (upper.Saturations + lower.Saturations).CopyTo(saturations);
            for (var at = 0; at < 8; at++)
            {
                areas[(x / 2) + at] = new AreaSums(4, y[at], blue[at], red[at], levels[at] / 2f, squares[at] / 4f, saturations[at]);
            }
        }

        return x / 2;
    }

    /// <summary>Sixteen cells of a row, neighbours added; levels are twice those of an area, and their squares four times.</summary>
    private static (
        Vector256<int> Y,
        Vector256<int> Blue,
        Vector256<int> Red,
        Vector256<int> Levels,
        Vector256<int> Squares,
        Vector256<int> Saturations
    ) Of(ScenePicture a, ScenePicture b, int at)
    {
        var neutral = Vector256.Create((short)PictureDetail.Neutral);
        var (y, z) = (Load(a.Cells, at), Load(b.Cells, at));
        var (blueA, redA, blueB, redB) = (
            Load(a.Blue, at) - neutral,
            Load(a.Red, at) - neutral,
            Load(b.Blue, at) - neutral,
            Load(b.Red, at) - neutral
        );
        var level = y + z - neutral - neutral;

        // 128² + 128² fits without a sign.
        var saturation = Vector256.Max(((blueA * blueA) + (redA * redA)).AsUInt16(), ((blueB * blueB) + (redB * redB)).AsUInt16());
        var (low, high) = (saturation.AsUInt32() & Vector256.Create(0xFFFFu), saturation.AsUInt32() >> 16);
        var (evenLevel, oddLevel) = Halves(level);
        return (
            Paired(y - z),
            Paired(blueA - blueB),
            Paired(redA - redB),
            evenLevel + oddLevel,
            (evenLevel * evenLevel) + (oddLevel * oddLevel),
            (low + high).AsInt32()
        );
    }

    private static Vector256<int> Paired(Vector256<short> values)
    {
        var (even, odd) = Halves(values);
        return even + odd;
    }

    private static (Vector256<int> Even, Vector256<int> Odd) Halves(Vector256<short> values) =>
        ((values.AsInt32() << 16) >> 16, values.AsInt32() >> 16);

    private static Vector256<short> Load(Plane plane, int at)
    {
        var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(plane.Values), (nuint)at));
        return Vector256.Create(low, high).AsInt16();
    }
}
