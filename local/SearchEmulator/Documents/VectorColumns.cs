using SearchEmulator.Definitions;
using SearchEmulator.Vectors;

namespace SearchEmulator.Documents;

/// <summary>The vector columns of an index by field name.</summary>
internal sealed class VectorColumns
{
    private readonly Dictionary<string, VectorColumn> _columns = new(StringComparer.Ordinal);

    public VectorColumn this[string field] => _columns[field];

    public void Add(Field field)
    {
        if (!_columns.ContainsKey(field.Name))
        {
            var length = field.Metric == VectorMetric.Hamming ? (field.Dimensions + 7) / 8 : field.Dimensions;
            _columns[field.Name] = new VectorColumn(length);
        }
    }
}
