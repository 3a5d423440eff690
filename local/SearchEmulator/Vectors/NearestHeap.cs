namespace SearchEmulator.Vectors;

/// <summary>Keeps the best k: a binary heap whose root is the worst of them.</summary>
internal sealed class NearestHeap(int capacity)
{
    private readonly List<Neighbour> _items = new(Math.Min(capacity, 1024));

    /// <summary>Anything below this cannot enter, which spares most rows the comparison with the root.</summary>
    public float Floor => _items.Count < capacity ? float.NegativeInfinity : _items[0].Similarity;

    public bool IsFull => _items.Count == capacity;

    public IReadOnlyList<Neighbour> Items => _items;

    public void Offer(Neighbour candidate)
    {
        if (_items.Count < capacity)
        {
            _items.Add(candidate);
            SiftUp(_items.Count - 1);
        }
        else if (candidate.CompareTo(_items[0]) < 0)
        {
            _items[0] = candidate;
            SiftDown();
        }
    }

    private void SiftUp(int child)
    {
        while (child > 0)
        {
            var parent = (child - 1) / 2;
            if (_items[child].CompareTo(_items[parent]) <= 0)
            {
                return;
            }

            (_items[child], _items[parent]) = (_items[parent], _items[child]);
            child = parent;
        }
    }

    private void SiftDown()
    {
        var parent = 0;
        while (true)
        {
            var child = (2 * parent) + 1;
            if (child >= _items.Count)
            {
                return;
            }

            if (child + 1 < _items.Count && _items[child + 1].CompareTo(_items[child]) > 0)
            {
                child++;
            }

            if (_items[child].CompareTo(_items[parent]) <= 0)
            {
                return;
            }

            (_items[child], _items[parent]) = (_items[parent], _items[child]);
            parent = child;
        }
    }
}
