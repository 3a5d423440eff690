namespace SearchEmulator.Vectors;

/// <summary>A row and how near it is: larger is nearer, whatever the metric.</summary>
internal readonly record struct Neighbour(int Slot, float Similarity) : IComparable<Neighbour>
{
    /// <summary>Best first; equals in the order of the index.</summary>
    public int CompareTo(Neighbour other)
    {
        var bySimilarity = other.Similarity.CompareTo(Similarity);
        return bySimilarity != 0 ? bySimilarity : Slot.CompareTo(other.Slot);
    }
}
