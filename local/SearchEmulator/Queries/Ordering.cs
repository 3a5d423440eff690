using SearchEmulator.Definitions;
using SearchEmulator.Documents;
using SearchEmulator.Filters;
using SearchEmulator.Http;
using SearchEmulator.Values;

namespace SearchEmulator.Queries;

/// <summary>`$orderby`: fields, search.score() and geo.distance(), each up or down. Nulls come first going up.</summary>
internal sealed class Ordering : IComparer<Hit>
{
    private const int MaxClauses = 32;
    private const string Parameter = "$orderby";
    private readonly DocumentTable _table;
    private readonly List<(Func<Hit, object?> Value, bool Descending)> _clauses = [];

    private Ordering(string text, DocumentTable table)
    {
        _table = table;
        var parser = new Parser(text, Parameter);
        do
        {
            var value = Value(parser.ParsePrimary());
            var descending = parser.SkipWord("desc");
            if (!descending)
            {
                parser.SkipWord("asc");
            }

            _clauses.Add((value, descending));
        } while (parser.Skip(LexemeKind.Comma));
        parser.ExpectEnd();
        if (_clauses.Count > MaxClauses)
        {
            throw ServiceException.InvalidExpression("$orderby cannot have more than 32 clauses.", Parameter);
        }
    }

    public static Ordering? Parse(string? text, DocumentTable table) => string.IsNullOrWhiteSpace(text) ? null : new Ordering(text, table);

    public int Compare(Hit x, Hit y)
    {
        foreach (var (value, descending) in _clauses)
        {
            var order = CompareValues(value(x), value(y));
            if (order != 0)
            {
                return descending ? -order : order;
            }
        }

        return y.Score != x.Score ? y.Score.CompareTo(x.Score) : x.Slot.CompareTo(y.Slot);
    }

    private static int CompareValues(object? x, object? y) =>
        (x, y) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            (string left, string right) => string.CompareOrdinal(left, right),
            _ => ((IComparable)x).CompareTo(y),
        };

    private Func<Hit, object?> Value(Syntax syntax)
    {
        switch (syntax)
        {
            case Syntax.Path path:
                var field = Sortable(path);
                return hit => field.Fetch(_table.VisibleAt(hit.Slot)!.Values);
            case Syntax.Call { Name: "search.score", Arguments.Count: 0 }:
                return hit => hit.Score;
            case Syntax.Call { Name: "geo.distance", Arguments: [Syntax.Path path, Syntax.Geography shape] }:
                return Distance(path, shape);
            case Syntax.Call { Name: "geo.distance", Arguments: [Syntax.Geography shape, Syntax.Path path] }:
                return Distance(path, shape);
            default:
                throw ServiceException.InvalidExpression(
                    "Only fields, search.score() and geo.distance() can be used in $orderby.",
                    Parameter
                );
        }
    }

    private Func<Hit, object?> Distance(Syntax.Path path, Syntax.Geography shape)
    {
        var field = Sortable(path);
        if (field.Type.Kind != EdmKind.GeographyPoint)
        {
            throw ServiceException.InvalidExpression($"'{field.Field.Path}' is not of type Edm.GeographyPoint.", Parameter);
        }

        var from = Geography.ReadPoint(shape.Text);
        return hit => field.Fetch(_table.VisibleAt(hit.Slot)!.Values) is GeoPoint point ? Geography.Kilometres(point, from) : null;
    }

    private FieldReference Sortable(Syntax.Path path)
    {
        var steps = new List<int>();
        Field? field = null;
        foreach (var name in path.Names)
        {
            field =
                (field is null ? _table.Definition.Find(name) : field.Find(name))
                ?? throw FilterErrors.UnknownProperty(name, "search.document", Parameter);
            steps.Add(field.Ordinal);
        }

        return field!.Sortable
            ? new FieldReference(steps, field, field.Type)
            : throw ServiceException.InvalidExpression(
                $"'{field.Path}' is not a sortable field. Only sortable fields can be used in $orderby expressions.",
                Parameter
            );
    }
}
