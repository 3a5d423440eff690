namespace SearchEmulator.Indexes;

internal sealed record IndexStatistics(long Documents, long StorageBytes, long VectorBytes)
{
    public static IndexStatistics Of(SearchIndex index) =>
        index.Read(table => new IndexStatistics(
            table.VisibleCount,
            index.StorageBytes,
            table.Definition.VectorFields.Sum(field => (long)table.Vectors[field.Name].Count * field.Dimensions * sizeof(float))
        ));
}
