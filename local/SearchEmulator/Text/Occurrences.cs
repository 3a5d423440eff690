namespace SearchEmulator.Text;

/// <summary>Where a document holds a term, in rising order. Most have it once: that takes no list.</summary>
internal readonly struct Occurrences
{
    private readonly int _first;
    private readonly int[]? _all;

    public Occurrences(int position) => _first = position;

    private Occurrences(int[] all) => (_first, _all) = (all[0], all);

    public int Count => _all?.Length ?? 1;

    public IReadOnlyList<int> Positions => _all ?? [_first];

    public Occurrences With(int position) => new([.. Positions, position]);
}
