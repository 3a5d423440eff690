namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// A small symmetric filter that takes one picture of a scene to the sharpness of the other. It only blurs: what the softer of
/// the two has lost cannot be brought back.
/// </summary>
/// <param name="Near">Weight of the four nearest neighbours.</param>
/// <param name="Diagonal">Of the four diagonal ones.</param>
/// <param name="Far">Of the four two points away.</param>
/// <param name="Left">Mean squared difference after the filter, at the places where it was fitted.</param>
/// <param name="Before">The same without a filter.</param>
internal readonly record struct SharpnessMatch(double Near, double Diagonal, double Far, double Left, double Before)
{
    private const int Unknowns = 3;
    private const int Width = Unknowns + 1;
    private const int PatchSide = 24;
    private const int Rounds = 3;

    /// <summary>Points of a row that are filtered with the nearest inside instead of those outside.</summary>
    private const int Reach = 2;

    /// <summary>Share of a wave of four points that is left, across: what a blur takes away.</summary>
    public double MiddleResponse => 1 - (0.5 * Near) - Diagonal - Far;

    /// <summary>The same of the finest wave.</summary>
    public double FineResponse => 1 - Near - (2 * Diagonal);

    /// <summary>Whether it takes away detail rather than adding any.</summary>
    public bool IsBlur => MiddleResponse is < 0.98 and > -0.2 && FineResponse is < 1.02 and > -0.6;

    public static SharpnessMatch Fit(Plane from, Plane to)
    {
        var patches = PatchGrid.Choose(from, new Area(Reach, Reach, from.Width - Reach, from.Height - Reach), PatchSide);
        var match = default(SharpnessMatch);
        Span<double> system = stackalloc double[Unknowns * Width];
        for (var round = 0; round < Rounds; round++)
        {
            system.Clear();
            double before = 0, left = 0, weights = 0;
            foreach (var patch in patches)
            {
                var limit = round == 0 ? double.PositiveInfinity : 9 * (match.Left + 4);
                for (var y = patch.Top; y < patch.Top + patch.Height; y++)
                {
                    for (var x = patch.Left; x < patch.Left + patch.Width; x++)
                    {
                        var (near, diagonal, far) = Around(from, x, y);
                        double difference = to.Values[(y * to.Width) + x] - from.Values[(y * from.Width) + x];
                        var error = difference - (match.Near * near) - (match.Diagonal * diagonal) - (match.Far * far);
                        var weight = error * error < limit ? 1 / (1 + (error * error / (limit / 9))) : 0;
                        weight = round == 0 ? 1 / (8 + Math.Abs(difference)) : weight;
                        before += weight * difference * difference;
                        left += weight * error * error;
                        weights += weight;
                        Add(system, [near, diagonal, far], difference, weight);
                    }
                }
            }

            if (weights < 1)
            {
                return default;
            }

            match = match with { Left = left / weights, Before = before / weights };
            for (var row = 0; row < Unknowns; row++)
            {
                system[(row * Width) + row] += weights * 2;
            }

            if (round < Rounds - 1 && LinearSystem.TrySolve(system, Unknowns))
            {
                match = match with { Near = system[Unknowns], Diagonal = system[Width + Unknowns], Far = system[(2 * Width) + Unknowns] };
            }
        }

        return match;
    }

    public Plane Apply(Plane plane)
    {
        var result = new Plane(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
        {
            var row = plane.Row(y);
            var to = result.WritableRow(y);
            for (var x = 0; x < row.Length; x++)
            {
                var (near, diagonal, far) = Around(plane, x, y);
                to[x] = (byte)Math.Clamp((int)(row[x] + (Near * near) + (Diagonal * diagonal) + (Far * far) + 0.5), 0, 255);
            }
        }

        return result;
    }

    /// <summary>How much the means of three kinds of neighbours are above the point itself.</summary>
    private static (double Near, double Diagonal, double Far) Around(Plane plane, int x, int y)
    {
        int here = plane.Nearest(x, y);
        return (
            ((plane.Nearest(x - 1, y) + plane.Nearest(x + 1, y) + plane.Nearest(x, y - 1) + plane.Nearest(x, y + 1)) / 4.0) - here,
            ((plane.Nearest(x - 1, y - 1) + plane.Nearest(x + 1, y - 1) + plane.Nearest(x - 1, y + 1) + plane.Nearest(x + 1, y + 1)) / 4.0) - here,
            ((plane.Nearest(x - 2, y) + plane.Nearest(x + 2, y) + plane.Nearest(x, y - 2) + plane.Nearest(x, y + 2)) / 4.0) - here);
    }

    private static void Add(Span<double> system, ReadOnlySpan<double> basis, double target, double weight)
    {
        for (var row = 0; row < Unknowns; row++)
        {
            for (var column = 0; column < Unknowns; column++)
            {
                system[(row * Width) + column] += weight * basis[row] * basis[column];
            }

            system[(row * Width) + Unknowns] += weight * basis[row] * target;
        }
    }
}
