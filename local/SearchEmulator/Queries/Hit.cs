namespace SearchEmulator.Queries;

/// <summary>A matching document and its score.</summary>
internal readonly record struct Hit(int Slot, float Score);

/// <summary>
/// How the scores of a result are printed: the service widens a fused score to a double, and shows others as the float they are.
/// </summary>
internal enum ScoreKind
{
    Constant,
    Single,
    Fused,
}

internal sealed record Matches(IReadOnlyList<Hit> Hits, ScoreKind Scores);
