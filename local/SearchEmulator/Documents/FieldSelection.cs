using SearchEmulator.Definitions;
using SearchEmulator.Http;

namespace SearchEmulator.Documents;

internal sealed record SelectedField(Field Field, IReadOnlyList<SelectedField> Children);

/// <summary>Which fields an answer shows, in the order of the index: `*`, or paths such as `id,Address/City`.</summary>
internal sealed record FieldSelection(IReadOnlyList<SelectedField> Fields)
{
    /// <summary>Also what is not retrievable: for exports.</summary>
    public static FieldSelection Everything(IndexDefinition index) => new(All(index.Fields));

    public static FieldSelection Parse(string? text, IndexDefinition index)
    {
        var paths = (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (paths.Length == 0 || paths.Contains("*"))
        {
            return new(Select(index.Fields, null));
        }

        foreach (var path in paths)
        {
            var field =
                index.FindPath(path)
                ?? throw ServiceException.InvalidExpression(
                    $"Could not find a property named '{MissingPart(path, index)}' on type 'search.document'.",
                    "$select"
                );
            if (!field.Retrievable)
            {
                throw ServiceException.InvalidExpression(
                    $"'{path}' is not a retrievable field. Only retrievable fields can be used in $select.",
                    "$select"
                );
            }
        }

        return new(Select(index.Fields, [.. paths]));
    }

    private static List<SelectedField> Select(IReadOnlyList<Field> fields, HashSet<string>? paths)
    {
        var selected = new List<SelectedField>();
        foreach (var field in fields)
        {
            var whole = paths is null || paths.Contains(field.Path);
            var children = field.Type.IsComplex ? Select(field.Fields, whole ? null : paths) : [];
            if (field.Type.IsComplex ? children.Count > 0 : whole && field.Retrievable)
            {
                selected.Add(new SelectedField(field, children));
            }
        }

        return selected;
    }

    private static List<SelectedField> All(IReadOnlyList<Field> fields) =>
        [.. fields.Select(field => new SelectedField(field, All(field.Fields)))];

    private static string MissingPart(string path, IndexDefinition index)
    {
        var parts = path.Split('/');
        for (var i = 1; i <= parts.Length; i++)
        {
            if (index.FindPath(string.Join('/', parts[..i])) is null)
            {
                return parts[i - 1];
            }
        }

        return path;
    }
}
