namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether detail of a photograph is smoothed in another of as many points, as by a strong lossy compression, a denoiser or few levels
/// of brightness: places with texture here that are nearly flat there, and hardly any the other way round.
/// </summary>
internal static class SmoothedDetail
{
    /// <summary>Variance, in squared levels, up to which a cell is quite flat: a drawing has such beside its edges.</summary>
    private const double Flat = 0.3;

    /// <summary>Variance from which on a cell has texture, and the share of it that counts as smoothed.</summary>
    private const double Texture = 12;
    private const double Smoothed = 0.2;

    /// <summary>Share of the cells that must be smoothed, and how many times those of the other direction.</summary>
    private const double LeastShare = 0.03;
    private const double Times = 5;

    /// <summary>Variance that one in twenty cells is below, unless noise lies over the whole picture.</summary>
    private const int MostOfNoise = 8;
    private const int OneOf = 20;

    /// <summary>Sum of a JPEG's steps (about quality 65) from which on its texture may be what compression made.</summary>
    private const float MostSteps = 2600;

    private const int Points = SharedScene.Cell * SharedScene.Cell;

    /// <summary>Variances of a cell are whole numbers of this fraction.</summary>
    private const int Squared = Points * Points;

    /// <summary>Whether texture of the one is smoothed in the other, in both directions.</summary>
    /// <param name="statistics">Brightness of both, with the same tones.</param>
    /// <param name="stepsOfA">The steps of the one's file; null if it is no JPEG.</param>
    /// <param name="stepsOfB">The steps of the other's file.</param>
    public static (bool OfA, bool OfB) Find(CellStatistics statistics, float[]? stepsOfA, float[]? stepsOfB)
    {
        var (ofA, ofB, quietA, quietB) = (0, 0, 0, 0);
        for (var y = 0; y < statistics.Down; y++)
        {
            foreach (var sums in statistics.Row(y))
            {
                var (varianceA, varianceB) = ((Points * sums.Aa) - (sums.A * sums.A), (Points * sums.Bb) - (sums.B * sums.B));
                ofA += IsSmoothed(varianceB, varianceA) ? 1 : 0;
                ofB += IsSmoothed(varianceA, varianceB) ? 1 : 0;
                quietA += varianceA < MostOfNoise * Squared ? 1 : 0;
                quietB += varianceB < MostOfNoise * Squared ? 1 : 0;
            }
        }

        var count = statistics.Across * statistics.Down;
        return (Is(ofA, ofB, quietA, stepsOfA), Is(ofB, ofA, quietB, stepsOfB));

        bool Is(int smoothed, int back, int quiet, float[]? steps) =>
            smoothed > LeastShare * count && smoothed > Times * back && quiet * OneOf > count && (steps is null || steps.Sum() < MostSteps);
    }

    private static bool IsSmoothed(int there, int here) => here >= Texture * Squared && there > Flat * Squared && there < Smoothed * here;
}
