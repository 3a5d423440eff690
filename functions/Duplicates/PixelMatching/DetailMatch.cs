using Serverless.Images;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>How two originals compare in full detail.</summary>
/// <param name="Verdict">What they are to each other.</param>
/// <param name="Differences">Where they differ, the largest places first, at most <see cref="MostDifferences"/>.</param>
/// <param name="DifferenceCount">At how many places they differ, those that are not listed included.</param>
/// <param name="A">The part of A that B shows too; neither borders nor letterboxes belong to it.</param>
/// <param name="B">The part of B that A shows too.</param>
/// <param name="OfA">What A shows and B lacks.</param>
/// <param name="OfB">What B shows and A lacks.</param>
internal sealed record DetailMatch(
    DetailVerdict Verdict,
    IReadOnlyList<DetailDifference> Differences,
    int DifferenceCount,
    SharedArea A,
    SharedArea B,
    Advantages OfA,
    Advantages OfB
)
{
    public const int MostDifferences = 20;

    public bool AIsFiner => OfA.HasFlag(Advantages.FinerDetail);

    public bool BIsFiner => OfB.HasFlag(Advantages.FinerDetail);

    public bool AShowsMore => OfA.HasFlag(Advantages.MoreOfTheScene);

    public bool BShowsMore => OfB.HasFlag(Advantages.MoreOfTheScene);

    /// <summary>The same with the two pictures exchanged.</summary>
    public DetailMatch Swapped() =>
        new(Verdict, [.. Differences.Select(difference => difference.Swapped())], DifferenceCount, B, A, OfB, OfA);
}
