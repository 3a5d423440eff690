using SearchEmulator.Definitions;
using SearchEmulator.Values;

namespace SearchEmulator.Text;

internal static class TextValues
{
    /// <summary>All strings under a path, through collections on the way.</summary>
    public static List<string> Of(object?[] values, string path, IndexDefinition index)
    {
        var found = new List<string>();
        Collect(values, path.Split('/'), 0, index.Fields, found);
        return found;
    }

    private static void Collect(object?[] values, string[] path, int depth, IReadOnlyList<Field> fields, List<string> found)
    {
        var field = Field.Find(fields, path[depth])!;
        foreach (var item in values[field.Ordinal] is ValueList list ? list.Items : [values[field.Ordinal]!])
        {
            switch (item)
            {
                case string text:
                    found.Add(text);
                    break;
                case object?[] complex when depth + 1 < path.Length:
                    Collect(complex, path, depth + 1, field.Fields, found);
                    break;
            }
        }
    }
}
