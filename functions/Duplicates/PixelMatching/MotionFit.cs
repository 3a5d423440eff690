namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// One scale and shift for both directions from the motions of patches, with little weight for those that go their own way.
/// </summary>
internal static class MotionFit
{
    /// <summary>Unknowns: shift and scale across, shift and scale down.</summary>
    private const int Unknowns = 4;
    private const int Width = Unknowns + 1;
    private const int Rounds = 4;

    /// <summary>What patches know of their place is worth no more than this many times that of the median one.</summary>
    private const double MostWorth = 10;

    /// <summary>The mapping with the motions taken in; null where the patches do not determine it.</summary>
    public static Mapping? Fit(Mapping mapping, IReadOnlyList<PatchMotion> patches, double side)
    {
        if (patches.Count == 0)
        {
            return null;
        }

        Span<double> solution = stackalloc double[Unknowns];
        Span<double> system = stackalloc double[Unknowns * Width];
        var (middleX, middleY) = (patches.Average(patch => patch.X), patches.Average(patch => patch.Y));
        var worths = patches.Select(Worth).Order().ToList();
        var most = MostWorth * worths[worths.Count / 2];
        for (var round = 0; round < Rounds; round++)
        {
            system.Clear();
            var tolerance = round == 0 ? double.PositiveInfinity : Tolerance(patches, solution, middleX, middleY, side);
            foreach (var patch in patches)
            {
                var apart = Apart(patch, solution, middleX, middleY, side);
                var weight = Math.Max(0, patch.Correlation) / (patch.Noise + 4) * Math.Min(1, most / Math.Max(1e-9, Worth(patch)));
                weight *= round == 0 ? 1 : Weight(apart / tolerance);
                Add(system, patch, (patch.X - middleX) / side, (patch.Y - middleY) / side, weight);
            }

            Regularise(system);
            if (!LinearSystem.TrySolve(system, Unknowns))
            {
                return null;
            }

            for (var row = 0; row < Unknowns; row++)
            {
                solution[row] = system[(row * Width) + Unknowns];
            }
        }

        // A place moves by the shift and the scale about the middle, and then maps as before.
        var (stretchX, stretchY) = (solution[1] / side, solution[3] / side);
        return new Mapping(
            mapping.ScaleX * (1 + stretchX),
            mapping.ScaleY * (1 + stretchY),
            mapping.ShiftX + (mapping.ScaleX * (solution[0] - (stretchX * middleX))),
            mapping.ShiftY + (mapping.ScaleY * (solution[2] - (stretchY * middleY)))
        );
    }

    private static double Worth(PatchMotion patch) => (patch.Xx + patch.Yy) / (patch.Noise + 4);

    private static double Weight(double apart) => 1 / Math.Pow(1 + (apart * apart), 2);

    private static double Tolerance(
        IReadOnlyList<PatchMotion> patches,
        ReadOnlySpan<double> solution,
        double middleX,
        double middleY,
        double side
    )
    {
        var apart = new double[patches.Count];
        for (var at = 0; at < apart.Length; at++)
        {
            apart[at] = Apart(patches[at], solution, middleX, middleY, side);
        }

        Array.Sort(apart);
        return Math.Max(0.03, 2 * apart[apart.Length / 2]);
    }

    /// <summary>Points between where the patch lies and where the solution puts it, along the directions that it knows of.</summary>
    private static double Apart(PatchMotion patch, ReadOnlySpan<double> solution, double middleX, double middleY, double side)
    {
        var x = patch.MotionX - solution[0] - (solution[1] * (patch.X - middleX) / side);
        var y = patch.MotionY - solution[2] - (solution[3] * (patch.Y - middleY) / side);
        return Math.Sqrt(
            Math.Max(0, (patch.Xx * x * x) + (2 * patch.Xy * x * y) + (patch.Yy * y * y)) / Math.Max(1e-9, patch.Xx + patch.Yy)
        );
    }

    private static void Add(Span<double> system, PatchMotion patch, double x, double y, double weight)
    {
        ReadOnlySpan<double> horizontal = [1, x, 0, 0];
        ReadOnlySpan<double> vertical = [0, 0, 1, y];
        for (var row = 0; row < Unknowns; row++)
        {
            var (h, v) = (horizontal[row], vertical[row]);
            for (var column = 0; column < Unknowns; column++)
            {
                var (k, l) = (horizontal[column], vertical[column]);
                system[(row * Width) + column] += weight * ((h * k * patch.Xx) + (((h * l) + (v * k)) * patch.Xy) + (v * l * patch.Yy));
            }

            system[(row * Width) + Unknowns] +=
                weight
                * (
                    (h * ((patch.Xx * patch.MotionX) + (patch.Xy * patch.MotionY)))
                    + (v * ((patch.Xy * patch.MotionX) + (patch.Yy * patch.MotionY)))
                );
        }
    }

    /// <summary>A direction that no patch knows of stays as it is.</summary>
    private static void Regularise(Span<double> system)
    {
        double trace = 0;
        for (var row = 0; row < Unknowns; row++)
        {
            trace += system[(row * Width) + row];
        }

        for (var row = 0; row < Unknowns; row++)
        {
            system[(row * Width) + row] += (1e-5 * trace) + 1e-9;
        }
    }
}
