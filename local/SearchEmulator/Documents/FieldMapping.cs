using SearchEmulator.Definitions;
using SearchEmulator.Values;

namespace SearchEmulator.Documents;

internal static class FieldMapping
{
    /// <summary>The same values laid out for a changed list of fields.</summary>
    public static object?[] Map(object?[] values, IReadOnlyList<Field> from, IReadOnlyList<Field> to)
    {
        var mapped = new object?[to.Count];
        foreach (var field in to)
        {
            if (Field.Find(from, field.Name) is { } old && values[old.Ordinal] is { } value)
            {
                mapped[field.Ordinal] = field.Type.IsComplex ? MapComplex(value, old.Fields, field.Fields) : value;
            }
        }

        return mapped;
    }

    private static object MapComplex(object value, IReadOnlyList<Field> from, IReadOnlyList<Field> to) =>
        value switch
        {
            object?[] complex => Map(complex, from, to),
            ValueList list => new ValueList([.. list.Items.Select(item => MapComplex(item, from, to))]),
            _ => value,
        };
}
