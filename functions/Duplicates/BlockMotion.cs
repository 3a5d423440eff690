namespace Serverless.Duplicates;

/// <summary>What Lucas and Kanade's method needs of a block to say how far its content has moved; sums of two blocks add up.</summary>
internal readonly record struct BlockMotion(double Xx, double Xy, double Yy, double Xe, double Ye, double Ee)
{
    /// <summary>Keeps a block without detail in a direction from moving along it.</summary>
    private const double Damping = 400;

    /// <summary>Share of the difference that a motion must account for: what an editor cuts off at white is no motion.</summary>
    private const double Explained = 0.15;

    public static BlockMotion Of(ReadOnlySpan<float> a, ReadOnlySpan<float> b, int start, int blockSide, int side)
    {
        double xx = 0, xy = 0, yy = 0, xe = 0, ye = 0, ee = 0;
        for (var row = 0; row < blockSide; row++)
        {
            for (var at = start + (row * side); at < start + (row * side) + blockSide; at++)
            {
                // Slopes of the mean of both: the same in either order.
                double dx = (a[at + 1] - a[at - 1] + b[at + 1] - b[at - 1]) / 4;
                double dy = (a[at + side] - a[at - side] + b[at + side] - b[at - side]) / 4;
                double error = b[at] - a[at];
                xx += dx * dx;
                xy += dx * dy;
                yy += dy * dy;
                xe += dx * error;
                ye += dy * error;
                ee += error * error;
            }
        }

        return new BlockMotion(xx, xy, yy, xe, ye, ee);
    }

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
