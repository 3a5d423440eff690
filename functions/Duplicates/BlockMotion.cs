using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Serverless.Duplicates;

/// <summary>What Lucas and Kanade's method needs of a block to say how far its content has moved; sums of two blocks add up.</summary>
internal readonly record struct BlockMotion(double Xx, double Xy, double Yy, double Xe, double Ye, double Ee)
{
    /// <summary>Keeps a block without detail in a direction from moving along it.</summary>
    private const double Damping = 400;

    /// <summary>Share of the difference that a motion must account for: what an editor cuts off at white is no motion.</summary>
    private const double Explained = 0.15;

    /// <summary>What moves in the block at <paramref name="start"/> between the one, its tones changed by a line, and the other.</summary>
    public static BlockMotion Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int start, int side, (double Gain, double Offset) line)
    {
        ref var pointsA = ref MemoryMarshal.GetReference(a);
        ref var pointsB = ref MemoryMarshal.GetReference(b);
        var (gains, offsets) = (Vector256.Create((float)line.Gain), Vector256.Create((float)line.Offset));
        var sums = default((
            Vector256<float> Xx,
            Vector256<float> Xy,
            Vector256<float> Yy,
            Vector256<float> Xe,
            Vector256<float> Ye,
            Vector256<float> Ee
        ));
        for (var row = 0; row < Block.Side; row++)
        {
            var at = (nuint)(start + (row * side));

            // Slopes of the mean of both: the same in either order.
            var dx = Slope(ref pointsA, ref pointsB, gains, at, 1);
            var dy = Slope(ref pointsA, ref pointsB, gains, at, (nuint)side);
            var error = Vector256.LoadUnsafe(ref pointsB, at) - (gains * Vector256.LoadUnsafe(ref pointsA, at)) - offsets;
            sums = (
                sums.Xx + (dx * dx),
                sums.Xy + (dx * dy),
                sums.Yy + (dy * dy),
                sums.Xe + (dx * error),
                sums.Ye + (dy * error),
                sums.Ee + (error * error)
            );
        }

        return new BlockMotion(
            Vector256.Sum(sums.Xx),
            Vector256.Sum(sums.Xy),
            Vector256.Sum(sums.Yy),
            Vector256.Sum(sums.Xe),
            Vector256.Sum(sums.Ye),
            Vector256.Sum(sums.Ee)
        );
    }

    private static Vector256<float> Slope(ref float a, ref float b, Vector256<float> gain, nuint at, nuint step) =>
        (
            (gain * (Vector256.LoadUnsafe(ref a, at + step) - Vector256.LoadUnsafe(ref a, at - step)))
            + Vector256.LoadUnsafe(ref b, at + step)
            - Vector256.LoadUnsafe(ref b, at - step)
        ) * 0.25f;

    public BlockMotion With(BlockMotion other) =>
        new(Xx + other.Xx, Xy + other.Xy, Yy + other.Yy, Xe + other.Xe, Ye + other.Ye, Ee + other.Ee);

    /// <summary>How far, in points; 0 where motion accounts for little of the difference.</summary>
    public double Shift()
    {
        var (xx, yy) = (Xx + Damping, Yy + Damping);
        var determinant = (xx * yy) - (Xy * Xy);
        var x = ((yy * Xe) - (Xy * Ye)) / determinant;
        var y = ((xx * Ye) - (Xy * Xe)) / determinant;
        return (x * Xe) + (y * Ye) < Explained * Ee ? 0 : Math.Sqrt((x * x) + (y * y));
    }
}
