namespace Serverless.Categories;

/// <summary>
/// Where a list of cosines, sorted downwards, bends: the point farthest below the straight line from its first to its last. What belongs
/// to a category is mostly above it; a person decides.
/// </summary>
internal static class SuggestedThreshold
{
    public const double Otherwise = 0.25;

    /// <param name="cosines">The greatest first.</param>
    public static double Of(IReadOnlyList<double> cosines)
    {
        if (cosines.Count < 3)
        {
            return Math.Round(cosines.Count == 0 ? Otherwise : cosines[^1], 3, MidpointRounding.ToZero);
        }

        var (first, slope) = (cosines[0], (cosines[0] - cosines[^1]) / (cosines.Count - 1));
        var bend = Enumerable.Range(1, cosines.Count - 2).MaxBy(place => first - (slope * place) - cosines[place]);

        // Before the bend, so that what is at it does not belong.
        return Math.Round((cosines[bend - 1] + cosines[bend]) / 2, 3);
    }
}
