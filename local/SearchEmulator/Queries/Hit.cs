namespace SearchEmulator.Queries;

/// <summary>A matching document and its score.</summary>
internal readonly record struct Hit(int Slot, float Score)
{
    /// <summary>Best first; of equal ones that of the older slot.</summary>
    public static readonly IComparer<Hit> BestFirst = Comparer<Hit>.Create(
        (left, right) => right.Score != left.Score ? right.Score.CompareTo(left.Score) : left.Slot.CompareTo(right.Slot)
    );
}

/// <summary>
/// How the scores of a result are printed: the service widens a fused score to a double, and shows others as the float they are.
/// </summary>
internal enum ScoreKind
{
    Constant,
    Single,
    Fused,
}

/// <param name="Order">Of the hits, where they are not in it yet.</param>
internal sealed record Matches(IReadOnlyList<Hit> Hits, ScoreKind Scores, IComparer<Hit>? Order = null);
