using Serverless.Images;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>How two originals compare in full detail.</summary>
/// <param name="Verdict">What they are to each other.</param>
/// <param name="Differences">Where they differ, the largest places first, at most <see cref="MostDifferences"/>.</param>
/// <param name="DifferenceCount">At how many places they differ, those that are not listed included.</param>
/// <param name="A">The part of A that B shows too; neither borders nor letterboxes belong to it.</param>
/// <param name="B">The part of B that A shows too.</param>
/// <param name="AIsFiner">Whether A has real detail on the shared scene that B lacks; an enlargement has none, noise is none.</param>
/// <param name="BIsFiner">The same of B.</param>
/// <param name="AShowsMore">Whether A shows more of the scene; a border shows nothing.</param>
/// <param name="BShowsMore">The same of B.</param>
internal sealed record DetailMatch(
    DetailVerdict Verdict,
    IReadOnlyList<DetailDifference> Differences,
    int DifferenceCount,
    SharedArea A,
    SharedArea B,
    bool AIsFiner,
    bool BIsFiner,
    bool AShowsMore,
    bool BShowsMore
)
{
    public const int MostDifferences = 20;

    /// <summary>The same with the two pictures exchanged.</summary>
    public DetailMatch Swapped() =>
        new(
            Verdict,
            [.. Differences.Select(difference => difference.Swapped())],
            DifferenceCount,
            B,
            A,
            BIsFiner,
            AIsFiner,
            BShowsMore,
            AShowsMore
        );
}
