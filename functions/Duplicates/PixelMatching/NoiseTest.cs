namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Tests windows of 8 × 8 points against the noise of the whole pair: pale print, whose few windows are like no others, and one
/// note or letter among many. Saturated places may be left with more, as compression takes colour apart from brightness.
/// </summary>
internal static class NoiseTest
{
    /// <summary>
    /// Times the noise, in squared levels, that a window differs by: the less, the less its structure is that of the other.
    /// </summary>
    private const double OfOtherStructure = 70;

    /// <summary>Squared levels that are left where nothing is compressed, and where something is.</summary>
    private const double LeastFloor = 0.3;
    private const double MostFloor = 2;
    private const double FloorOfNoise = 6;

    /// <summary>What of squared colour counts as noise.</summary>
    private const double OfColour = 0.02;

    /// <summary>Cells of the largest picture of which every window tells, and levels that compression leaves of these.</summary>
    private const int TinyCells = 16 * 16;
    private const double MostOfTinyCell = 22;
    private const double MostOfTinyWindow = 16;

    /// <summary>Levels below which no window differs.</summary>
    private const double Least = 5;

    /// <summary>Root mean square of the difference from which on a window may differ, but no more than <paramref name="most"/>.</summary>
    public static double LeastError(ComparedScene compared, double most) =>
        Math.Clamp(Math.Sqrt(OfOtherStructure * Around(compared)), Least, most);

    public static bool IsChange(ComparedScene compared, ChangedWindow window) =>
        compared.IsUntouched
        || (IsTiny(compared) ? window.Error > (window.Side == 1 ? MostOfTinyCell : MostOfTinyWindow) : IsOtherStructure(compared, window));

    /// <summary>Whether a scene has too few windows for any to be like others, as icons have.</summary>
    private static bool IsTiny(ComparedScene compared) => compared.Grid.Cells.Values.Length <= TinyCells;

    private static bool IsOtherStructure(ComparedScene compared, ChangedWindow window)
    {
        var most = window.Correlation switch
        {
            < 0.8 => OfOtherStructure,
            < 0.9 => 110,
            < 0.96 => 135,
            _ => double.PositiveInfinity,
        };
        if (window.Side != 2 || double.IsInfinity(most))
        {
            return false;
        }

        var times = window.Error * window.Error / (Around(compared) + (OfColour * Saturation(compared, window)));
        return times > most;
    }

    private static double Around(ComparedScene compared) =>
        compared.Noise + Math.Min(MostFloor, LeastFloor + (FloorOfNoise * compared.Noise));

    /// <summary>The most squared colour of a window and the cells around it.</summary>
    private static double Saturation(ComparedScene compared, ChangedWindow window)
    {
        var (most, across, down) = (0.0, compared.Grid.Blue.Width, compared.Grid.Blue.Height);
        for (var y = Math.Max(0, window.Top - 1); y < Math.Min(down, window.Top + window.Side + 1); y++)
        {
            for (var x = Math.Max(0, window.Left - 1); x < Math.Min(across, window.Left + window.Side + 1); x++)
            {
                most = Math.Max(
                    most,
                    Math.Max(compared.Grid.Colour((y * across) + x).Saturation, compared.Other.Colour((y * across) + x).Saturation)
                );
            }
        }

        return most;
    }
}
