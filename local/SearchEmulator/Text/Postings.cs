namespace SearchEmulator.Text;

/// <summary>The documents that hold a term, by rising slot, and where they hold it.</summary>
internal sealed class Postings
{
    private int[] _slots = new int[1];
    private Occurrences[] _places = new Occurrences[1];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    public ReadOnlySpan<Occurrences> Places => _places.AsSpan(0, Count);

    /// <returns>A negative number where the document does not hold the term.</returns>
    public int IndexOf(int slot) => Slots.BinarySearch(slot);

    public void Add(int slot, int position)
    {
        // Most documents come in the order of their slots.
        var index = Count == 0 || _slots[Count - 1] < slot ? ~Count : IndexOf(slot);
        if (index >= 0)
        {
            _places[index] = _places[index].With(position);
            return;
        }

        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * Count);
            Array.Resize(ref _places, 2 * Count);
        }

        Move(~index, ~index + 1);
        (_slots[~index], _places[~index]) = (slot, new Occurrences(position));
        Count++;
    }

    public void Remove(int slot)
    {
        var index = IndexOf(slot);
        if (index >= 0)
        {
            Move(index + 1, index);
            Count--;
        }
    }

    private void Move(int from, int to)
    {
        Array.Copy(_slots, from, _slots, to, Count - from);
        Array.Copy(_places, from, _places, to, Count - from);
    }
}
