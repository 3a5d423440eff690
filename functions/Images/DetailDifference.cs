namespace Serverless.Images;

/// <summary>One place at which two pictures differ, as a box in each of them. All values are shares of that picture, in [0, 1].</summary>
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
