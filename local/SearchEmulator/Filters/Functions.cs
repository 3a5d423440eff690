using System.Globalization;
using SearchEmulator.Definitions;

namespace SearchEmulator.Filters;

internal static class Functions
{
    private const string DefaultDelimiters = " ,";
    private static readonly EdmType Text = new(EdmKind.String, false);
    private static readonly EdmType Point = new(EdmKind.GeographyPoint, false);

    public static Predicate Check(Syntax.Call call, Scope scope, IndexDefinition index) =>
        call.Name switch
        {
            "search.in" => In(call, scope),
            "search.ismatch" or "search.ismatchscoring" => IsMatch(call, scope, index),
            "geo.intersects" => Intersects(call, scope),
            "geo.distance" => throw FilterErrors.Invalid(
                "The function 'geo.distance' returns a number: compare it with one by lt, le, gt or ge."
            ),
            _ => throw FilterErrors.Invalid(
                $"An unknown function with name '{call.Name}' was found. This may also be a function import or a key lookup on a "
                    + "navigation property, which is not allowed."
            ),
        };

    public static Predicate.Distance Distance(Syntax.Call call, Operator operation, object? constant, Scope scope)
    {
        var (field, shape) = FieldAndShape(call, scope);
        if (operation.IsEquality())
        {
            throw FilterErrors.Invalid("The function 'geo.distance' can only be compared by lt, le, gt or ge.");
        }

        var kilometres = constant switch
        {
            long whole => whole,
            double fraction => fraction,
            _ => throw FilterErrors.Incompatible("Edm.Double", ConstantTypes.NameOf(constant), operation.ToString()),
        };
        return new Predicate.Distance(field, Geography.ReadPoint(shape), operation, kilometres);
    }

    private static Predicate.Within Intersects(Syntax.Call call, Scope scope)
    {
        var (field, shape) = FieldAndShape(call, scope);
        return new Predicate.Within(field, Geography.ReadPolygon(shape));
    }

    private static (FieldReference Field, string Shape) FieldAndShape(Syntax.Call call, Scope scope)
    {
        var path = call.Arguments.OfType<Syntax.Path>().ToList();
        var shape = call.Arguments.OfType<Syntax.Geography>().ToList();
        if (call.Arguments.Count != 2 || path.Count != 1 || shape.Count != 1)
        {
            throw FilterErrors.Invalid($"The function '{call.Name}' takes a field of type Edm.GeographyPoint and a geography literal.");
        }

        var field = Scope.Filterable(scope.Resolve(path[0]));
        return field.Type == Point
            ? (field, shape[0].Text)
            : throw FilterErrors.Invalid(
                $"No function signature for the function with name '{call.Name}' matches the specified arguments: '{field.Field.Path}' is "
                    + $"of type {field.Type}."
            );
    }

    private static Predicate.In In(Syntax.Call call, Scope scope)
    {
        if (call.Arguments.Count is < 2 or > 3 || call.Arguments[0] is not Syntax.Path path)
        {
            throw FilterErrors.Invalid(
                "The function 'search.in' takes a field, a string of values and, optionally, a string of delimiters."
            );
        }

        var field = Scope.Filterable(scope.Resolve(path));
        if (field.Type != Text)
        {
            throw FilterErrors.Invalid(
                $"No function signature for the function with name 'search.in' matches the specified arguments: '{field.Field.Path}' is "
                    + $"of type {field.Type}."
            );
        }

        var values = StringArgument(call, 1);
        var delimiters = call.Arguments.Count == 3 ? StringArgument(call, 2) : DefaultDelimiters;
        var split = delimiters.Length == 0 ? [values] : values.Split(delimiters.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        return new Predicate.In(field, split.ToHashSet(StringComparer.Ordinal));
    }

    private static Predicate.Matches IsMatch(Syntax.Call call, Scope scope, IndexDefinition index)
    {
        if (scope.Variable is not null)
        {
            throw FilterErrors.Invalid(
                $"The function '{call.Name["search.".Length..]}' has no parameters bound to the range variable '{scope.Variable}'. Only "
                    + "bound field references are supported inside lambda expressions ('any' or 'all'). However, you can change your "
                    + $"filter so that the '{call.Name["search.".Length..]}' function is outside the lambda expression and try again."
            );
        }

        if (call.Arguments.Count is not (1 or 2 or 4))
        {
            throw FilterErrors.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No function signature for the function with name '{call.Name}' matches the specified arguments. It takes 1, 2 or 4 "
                        + $"and was given {call.Arguments.Count}."
                )
            );
        }

        var fields = call.Arguments.Count > 1 ? StringArgument(call, 1) : string.Empty;
        var syntax = call.Arguments.Count > 2 ? StringArgument(call, 2) : "simple";
        var mode = call.Arguments.Count > 2 ? StringArgument(call, 3) : "any";
        if (syntax is not ("simple" or "full") || mode is not ("any" or "all"))
        {
            throw FilterErrors.Invalid(
                $"The function '{call.Name}' takes 'simple' or 'full' as its third argument and 'any' or 'all' as its fourth."
            );
        }

        var paths = fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in paths)
        {
            var field = index.FindPath(path) ?? throw FilterErrors.UnknownProperty(path, "search.document");
            if (!field.Searchable || field.Type.IsVector)
            {
                throw FilterErrors.Invalid(
                    $"'{path}' is not a searchable field. Only searchable text fields can be used in '{call.Name}'."
                );
            }
        }

        return new Predicate.Matches(
            new TextMatch(StringArgument(call, 0), paths, syntax == "full", mode == "all", call.Name == "search.ismatchscoring")
        );
    }

    private static string StringArgument(Syntax.Call call, int number) =>
        call.Arguments[number] is Syntax.Literal { Value: string text }
            ? text
            : throw FilterErrors.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Argument {number + 1} of the function '{call.Name}' must be a string literal."
                )
            );
}
