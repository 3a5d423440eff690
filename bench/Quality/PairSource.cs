namespace Bench.Quality;

/// <summary>Two pictures in the order in which they are uploaded.</summary>
internal sealed record HardPair(string Kind, string Name, byte[] A, byte[] B);

/// <summary>Pairs of one kind, each made when it is asked for and always the same.</summary>
/// <param name="Kind">The row of the table that they are counted in.</param>
/// <param name="IsCopy">Whether the second is to be moved: the same picture, with nothing added.</param>
/// <param name="IsUnseen">Whether nobody looked at the pictures when the rule was set.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Draw">The pair with a number; null where it cannot be made.</param>
internal sealed record PairSource(string Kind, bool IsCopy, bool IsUnseen, int Count, Func<int, HardPair?> Draw)
{
    /// <summary>Whether photographs were left out already when they were read, so that no pair is to be.</summary>
    public bool IsThinned { get; init; }

    public static PairSource Of(IReadOnlyList<HardPair> pairs, bool isUnseen = false) =>
        new(pairs[0].Kind, false, isUnseen, pairs.Count, at => pairs[at]) { IsThinned = true };
}
