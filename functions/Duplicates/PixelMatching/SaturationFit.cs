namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Fits a change of saturation and nothing else. What the screen cannot show is cut off, so least squares err where colours are
/// strong: the scale that explains most is looked for.
/// </summary>
internal static class SaturationFit
{
    private const double Least = 0.4;
    private const double Most = 2;
    private const double Step = 0.1;
    private const int Rounds = 5;

    /// <summary>Scales nearer to 1 say no more than nothing does.</summary>
    private const double NearOne = 0.04;

    /// <summary>Null where colours are left as they are.</summary>
    public static ColourAdjustment.Tint? Of(Ycc[] from, Ycc[] to)
    {
        var (best, cost) = (1.0, double.PositiveInfinity);
        for (var scale = Least; scale <= Most; scale += Step)
        {
            Try(scale);
        }

        for (var (round, step) = (0, Step / 2); round < Rounds; round++, step /= 2)
        {
            var middle = best;
            Try(middle - step);
            Try(middle + step);
        }

        return Math.Abs(best - 1) < NearOne ? null : Scaled(best);

        void Try(double scale)
        {
            var tried = AdjustmentFit.Cost(Scaled(scale), from, to);
            (best, cost) = tried < cost ? (scale, tried) : (best, cost);
        }
    }

    private static ColourAdjustment.Tint Scaled(double scale) => new(ToneCubic.Identity, scale, 0, 0, 0, 0, 0);
}
