namespace SearchEmulator.Definitions;

/// <summary>One field of an index, or one sub-field of a complex field. <see cref="Ordinal"/> is its place in a stored record.</summary>
internal sealed record Field(string Name, string Path, EdmType Type, int Ordinal)
{
    public bool Key { get; init; }

    public bool Searchable { get; init; }

    public bool Filterable { get; init; }

    public bool Sortable { get; init; }

    public bool Facetable { get; init; }

    public bool Retrievable { get; init; }

    public string? IndexAnalyzer { get; init; }

    public string? SearchAnalyzer { get; init; }

    public string? Normalizer { get; init; }

    public int Dimensions { get; init; }

    public VectorMetric Metric { get; init; }

    public IReadOnlyList<Field> Fields { get; init; } = [];

    public Field? Find(string name) => Find(Fields, name);

    public static Field? Find(IReadOnlyList<Field> fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }
}

internal enum VectorMetric
{
    Cosine,
    DotProduct,
    Euclidean,
    Hamming,
}
