using SearchEmulator.Definitions;

namespace SearchEmulator.Filters;

/// <summary>What names mean at a place in an expression: the fields of the document, or a lambda's variable.</summary>
internal sealed class Scope
{
    private readonly IReadOnlyList<Field> _documentFields;
    private readonly HashSet<string> _outerVariables;
    private readonly string? _variable;
    private readonly FieldReference? _element;

    private Scope(IReadOnlyList<Field> documentFields, HashSet<string> outerVariables, string? variable, FieldReference? element)
    {
        _documentFields = documentFields;
        _outerVariables = outerVariables;
        _variable = variable;
        _element = element;
    }

    public string? Variable => _variable;

    public static Scope Of(IndexDefinition index) => new(index.Fields, [], null, null);

    public Scope Within(string variable, FieldReference collection)
    {
        if (variable == _variable || _outerVariables.Contains(variable))
        {
            throw FilterErrors.Invalid($"The range variable '{variable}' has already been declared.");
        }

        HashSet<string> outer = [.. _outerVariables];
        if (_variable is not null)
        {
            outer.Add(_variable);
        }

        return new(_documentFields, outer, variable, new FieldReference([], collection.Field, collection.Type.Element));
    }

    public FieldReference Resolve(Syntax.Path path)
    {
        if (_element is null)
        {
            return Follow(path.Names, 0, null, _documentFields, "search.document");
        }

        if (path.Names[0] == _variable)
        {
            return path.Names.Count == 1 ? _element : Follow(path.Names, 1, _element, _element.Field.Fields, TypeName(_element.Field));
        }

        if (_outerVariables.Contains(path.Names[0]) || Field.Find(_documentFields, path.Names[0]) is not null)
        {
            throw FilterErrors.Invalid(
                $"The field '{string.Join('/', path.Names)}' is not bound to the range variable '{_variable}'. Only bound field "
                    + "references are supported inside lambda expressions ('any' or 'all'). However, you can change your filter so that "
                    + "the field reference is outside the lambda expression and try again."
            );
        }

        throw FilterErrors.UnknownProperty(path.Names[0], "search.document");
    }

    public static FieldReference Filterable(FieldReference reference) =>
        reference.Field.Filterable || reference.Type.IsComplex
            ? reference
            : throw FilterErrors.Invalid(
                $"'{reference.Field.Path}' is not a filterable field. Only filterable fields can be used in filter expressions."
            );

    private static FieldReference Follow(
        IReadOnlyList<string> names,
        int from,
        FieldReference? start,
        IReadOnlyList<Field> fields,
        string typeName
    )
    {
        var steps = new List<int>();
        var current = start;
        for (var i = from; i < names.Count; i++)
        {
            if (current is { Type.IsCollection: true })
            {
                throw FilterErrors.Invalid(
                    $"The parent value for a property access of a property '{names[i]}' is not a single value. Property access can only "
                        + "be applied to a single value."
                );
            }

            var field = Field.Find(fields, names[i]) ?? throw FilterErrors.UnknownProperty(names[i], typeName);
            steps.Add(field.Ordinal);
            current = new FieldReference([.. steps], field, field.Type);
            fields = field.Fields;
            typeName = field.Type.IsComplex ? TypeName(field) : field.Type.ToString();
        }

        return current!;
    }

    private static string TypeName(Field field) =>
        field.Type.IsComplex ? $"search.complex.{field.Path.Replace('/', '.')}" : field.Type.Element.ToString();
}
