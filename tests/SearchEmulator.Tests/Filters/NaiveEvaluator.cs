using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SearchEmulator.Tests.Filters;

/// <summary>What a filter means, read from the documentation and written for plainness. Works on the JSON of the document.</summary>
public static class NaiveEvaluator
{
    public static bool Holds(Expression filter, JsonNode? document) =>
        Holds(filter, new Dictionary<string, JsonNode?> { [string.Empty] = document });

    private static bool Holds(Expression filter, IReadOnlyDictionary<string, JsonNode?> scope) =>
        filter switch
        {
            Expression.Always always => always.Value,
            Expression.Both both => Holds(both.Left, scope) && Holds(both.Right, scope),
            Expression.Either either => Holds(either.Left, scope) || Holds(either.Right, scope),
            Expression.Opposite opposite => !Holds(opposite.Operand, scope),
            Expression.Flag flag => Follow(flag.Path, scope)?.GetValue<bool>() == true,
            Expression.NotEmpty notEmpty => Items(notEmpty.Path, scope).Count > 0,
            Expression.ForAny any => Items(any.Path, scope).Any(item => Holds(any.Body, With(scope, any.Variable, item))),
            Expression.ForAll all => Items(all.Path, scope).All(item => Holds(all.Body, With(scope, all.Variable, item))),
            Expression.OneOf oneOf => Follow(oneOf.Path, scope) is { } value
                && oneOf.Values.Any(wanted => wanted.Length > 0 && wanted == value.GetValue<string>()),
            Expression.Comparison comparison => Compare(Follow(comparison.Path, scope), comparison.Operator, comparison.Literal),
            _ => throw new InvalidOperationException(),
        };

    private static bool Compare(JsonNode? value, string operation, object? literal)
    {
        if (value is null || literal is null)
        {
            var same = value is null && literal is null;
            return operation == "eq" ? same : operation == "ne" && !same;
        }

        return literal switch
        {
            string text => Holds(operation, string.CompareOrdinal(value.GetValue<string>(), text)),
            bool flag => Holds(operation, value.GetValue<bool>() == flag ? 0 : 1),
            DateTimeOffset date => Holds(
                operation,
                DateTimeOffset.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture).CompareTo(date)
            ),
            _ => CompareNumbers(value, operation, literal),
        };
    }

    private static bool CompareNumbers(JsonNode value, string operation, object literal)
    {
        // Whole numbers meet exactly; where a fraction is involved, decimal is exact in the range of the whole types.
        if (value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue<long>(out var whole))
        {
            return literal is long other ? Holds(operation, whole.CompareTo(other))
                : Math.Abs((double)literal) < 1e20 ? Holds(operation, ((decimal)whole).CompareTo((decimal)(double)literal))
                : Holds(operation, (double)literal > 0 ? -1 : 1);
        }

        var left =
            value.GetValueKind() == JsonValueKind.Number
                ? value.GetValue<double>()
                : value.GetValue<string>() switch
                {
                    "NaN" => double.NaN,
                    "INF" => double.PositiveInfinity,
                    _ => double.NegativeInfinity,
                };
        var right = literal is long number ? number : (double)literal;
        return operation switch
        {
            "eq" => left == right,
            "ne" => left != right,
            "lt" => left < right,
            "le" => left <= right,
            "gt" => left > right,
            _ => left >= right,
        };
    }

    private static bool Holds(string operation, int order) =>
        operation switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "lt" => order < 0,
            "le" => order <= 0,
            "gt" => order > 0,
            _ => order >= 0,
        };

    private static JsonNode? Follow(string path, IReadOnlyDictionary<string, JsonNode?> scope)
    {
        var names = path.Split('/');
        var node = scope.TryGetValue(names[0], out var variable) ? variable : scope[string.Empty]?[names[0]];
        foreach (var name in names.Skip(1))
        {
            node = node?[name];
        }

        return node;
    }

    private static IReadOnlyList<JsonNode?> Items(string path, IReadOnlyDictionary<string, JsonNode?> scope) =>
        Follow(path, scope) is JsonArray list ? [.. list] : [];

    private static Dictionary<string, JsonNode?> With(IReadOnlyDictionary<string, JsonNode?> scope, string variable, JsonNode? item) =>
        new(scope) { [variable] = item };
}
