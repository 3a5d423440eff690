namespace Serverless.Images;

/// <summary>One place where two pictures differ, as a box in each. All values are shares of the respective picture, in [0, 1].</summary>
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
