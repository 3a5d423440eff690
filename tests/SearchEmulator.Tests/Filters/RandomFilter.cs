using System.Globalization;
using CsCheck;

namespace SearchEmulator.Tests.Filters;

/// <summary>Random filters that a schema allows, with the service's rules for what may stand inside a lambda.</summary>
public static class RandomFilter
{
    private const int MaxDepth = 3;

    public static Gen<Expression> For(IReadOnlyList<FieldSpec> fields) => Condition(fields, string.Empty, MaxDepth, 0);

    /// <param name="prefix">`x/` inside a lambda over a complex collection.</param>
    private static Gen<Expression> Condition(IReadOnlyList<FieldSpec> fields, string prefix, int depth, int lambdas)
    {
        var leaf = Gen.OneOf([.. fields.Select(field => Leaf(field, prefix + field.Name, depth, lambdas))]);
        if (depth == 0)
        {
            return leaf;
        }

        var inner = Condition(fields, prefix, depth - 1, lambdas);
        return Gen.Frequency(
            (4, leaf),
            (1, Gen.Bool.Select(value => (Expression)new Expression.Always(value))),
            (2, Gen.Select(inner, inner, (left, right) => (Expression)new Expression.Both(left, right))),
            (2, Gen.Select(inner, inner, (left, right) => (Expression)new Expression.Either(left, right))),
            (1, inner.Select(operand => (Expression)new Expression.Opposite(operand)))
        );
    }

    private static Gen<Expression> Leaf(FieldSpec field, string path, int depth, int lambdas)
    {
        if (!field.IsCollection)
        {
            return field.IsComplex
                ? Condition(field.Children, path + "/", Math.Min(depth, 1), lambdas)
                : Simple(field.Kind, path, allowNull: true);
        }

        var variable = $"v{lambdas}";
        var any = AnyBody(field, variable, depth, lambdas).Select(body => (Expression)new Expression.ForAny(path, variable, body));
        var all = AllBody(field, variable, depth, lambdas).Select(body => (Expression)new Expression.ForAll(path, variable, body));
        return Gen.OneOf(any, all, Gen.Const((Expression)new Expression.NotEmpty(path)));
    }

    private static Gen<Expression> AnyBody(FieldSpec field, string variable, int depth, int lambdas) =>
        field.Kind switch
        {
            "ComplexType" => Condition(field.Children, variable + "/", Math.Max(0, depth - 1), lambdas + 1),
            "String" => Joined(Gen.OneOf(Compare("String", variable, ["eq"]), OneOf(variable)), and: false),
            "Boolean" => Simple("Boolean", variable, allowNull: false),
            _ => Gen.OneOf(
                Compare(field.Kind, variable, ["ne"]),
                Joined(Joined(Compare(field.Kind, variable, ["eq", "lt", "le", "gt", "ge"]), and: true), and: false)
            ),
        };

    private static Gen<Expression> AllBody(FieldSpec field, string variable, int depth, int lambdas) =>
        field.Kind switch
        {
            "ComplexType" => Condition(field.Children, variable + "/", Math.Max(0, depth - 1), lambdas + 1),
            "String" => Joined(
                Gen.OneOf(
                    Compare("String", variable, ["ne"]),
                    Gen.OneOf(Compare("String", variable, ["eq"]), OneOf(variable))
                        .Select(inner => (Expression)new Expression.Opposite(inner))
                ),
                and: true
            ),
            "Boolean" => Simple("Boolean", variable, allowNull: false),
            _ => Gen.OneOf(
                Compare(field.Kind, variable, ["eq"]),
                Joined(Joined(Compare(field.Kind, variable, ["ne", "lt", "le", "gt", "ge"]), and: false), and: true)
            ),
        };

    private static Gen<Expression> Joined(Gen<Expression> one, bool and) =>
        one.List[1, 2]
            .Select(list => list.Aggregate((left, right) => and ? new Expression.Both(left, right) : new Expression.Either(left, right)));

    private static Gen<Expression> Simple(string kind, string path, bool allowNull)
    {
        var choices = new List<Gen<Expression>>
        {
            Compare(kind, path, kind == "Boolean" ? ["eq", "ne"] : ["eq", "ne", "lt", "le", "gt", "ge"]),
        };
        if (allowNull)
        {
            choices.Add(
                Pick.From("eq", "ne").Select(operation => (Expression)new Expression.Comparison(path, operation, null, "null", false))
            );
        }

        if (kind == "Boolean")
        {
            choices.Add(Gen.Const((Expression)new Expression.Flag(path)));
        }

        if (kind == "String")
        {
            choices.Add(OneOf(path));
        }

        return Gen.OneOf([.. choices]);
    }

    private static Gen<Expression> OneOf(string path) =>
        Gen.Select(Pick.From(RandomSchema.Texts).List[1, 4], Pick.From('|', ';'))
            .Select((values, delimiter) => (Expression)new Expression.OneOf(path, values, delimiter));

    private static Gen<Expression> Compare(string kind, string path, string[] operations) =>
        Gen.Select(Pick.From(operations), Literal(kind), Gen.Bool)
            .Select(
                (operation, literal, flipped) =>
                    (Expression)new Expression.Comparison(path, operation, literal.Value, literal.Text, flipped)
            );

    private static Gen<(object Value, string Text)> Literal(string kind) =>
        kind switch
        {
            "String" => Pick.From(RandomSchema.Texts)
                .Select(text => ((object)text, $"'{text.Replace("'", "''", StringComparison.Ordinal)}'")),
            "Boolean" => Gen.Bool.Select(flag => ((object)flag, flag ? "true" : "false")),
            "DateTimeOffset" => Pick.From(RandomSchema.Dates)
                .Select(text => ((object)DateTimeOffset.Parse(text, CultureInfo.InvariantCulture), text)),
            "Double" => Gen.Frequency(
                (3, Real),
                (2, Whole),
                (
                    1,
                    Pick.From(double.NaN, double.PositiveInfinity, double.NegativeInfinity)
                        .Select(special => ((object)special, Special(special)))
                )
            ),
            _ => Gen.Frequency((3, Whole), (1, Real)),
        };

    private static Gen<(object Value, string Text)> Whole =>
        Pick.From(RandomSchema.Wholes.Concat(RandomSchema.LongWholes).ToArray())
            .Select(number => ((object)number, number.ToString(CultureInfo.InvariantCulture)));

    private static Gen<(object Value, string Text)> Real =>
        Pick.From(RandomSchema.Reals)
            .Select(number => ((object)number, number.ToString(Math.Abs(number) < 1e15 ? "F1" : "E16", CultureInfo.InvariantCulture)));

    private static string Special(double number) =>
        double.IsNaN(number) ? "NaN"
        : number > 0 ? "INF"
        : "-INF";
}
