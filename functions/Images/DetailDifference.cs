namespace Serverless.Images;

/// <summary>One place where two pictures differ, as a box in each. All values are shares of the respective picture, in [0, 1].</summary>
/// <param name="LeftA">Its left edge in the one.</param>
/// <param name="TopA">Its upper edge there.</param>
/// <param name="WidthA">Its width there.</param>
/// <param name="HeightA">Its height there.</param>
/// <param name="LeftB">Its left edge in the other.</param>
/// <param name="TopB">Its upper edge there.</param>
/// <param name="WidthB">Its width there.</param>
/// <param name="HeightB">Its height there.</param>
public sealed record DetailDifference(
    double LeftA,
    double TopA,
    double WidthA,
    double HeightA,
    double LeftB,
    double TopB,
    double WidthB,
    double HeightB
)
{
    /// <summary>The same place with the two pictures exchanged.</summary>
    public DetailDifference Swapped() => new(LeftB, TopB, WidthB, HeightB, LeftA, TopA, WidthA, HeightA);
}
