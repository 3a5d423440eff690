using SearchEmulator.Definitions;

namespace SearchEmulator.Filters;

/// <summary>Checks an expression against the fields of an index, with the service's own words for what is wrong.</summary>
internal sealed class Checker(IndexDefinition index)
{
    public static Predicate Check(Syntax filter, IndexDefinition index) => new Checker(index).Boolean(filter, Scope.Of(index));

    private Predicate Boolean(Syntax syntax, Scope scope)
    {
        switch (syntax)
        {
            case Syntax.And and:
                return new Predicate.And([.. and.Operands.Select(operand => Boolean(operand, scope))]);
            case Syntax.Or or:
                return new Predicate.Or([.. or.Operands.Select(operand => Boolean(operand, scope))]);
            case Syntax.Not not:
                return new Predicate.Not(Negated(not.Operand, scope));
            case Syntax.Literal { Value: bool value }:
                return new Predicate.Fixed(value);
            case Syntax.Compare compare:
                return Comparison(compare, scope);
            case Syntax.Call call:
                return Functions.Check(call, scope, index);
            case Syntax.Quantified quantified:
                return Quantified(quantified, scope);
            case Syntax.Path path:
                var field = scope.Resolve(path);
                return field.Type == new EdmType(EdmKind.Boolean, false)
                    ? new Predicate.Compare(Scope.Filterable(field), Operator.Equal, true)
                    : throw NotBoolean();
            default:
                throw NotBoolean();
        }
    }

    /// <summary>`not` binds tighter than comparisons, so `not Rating gt 5` negates a number.</summary>
    private Predicate Negated(Syntax operand, Scope scope)
    {
        var type = operand switch
        {
            Syntax.Path path => scope.Resolve(path).Type.ToString(),
            Syntax.Literal literal => ConstantTypes.NameOf(literal.Value),
            _ => "Edm.Boolean",
        };
        return type == "Edm.Boolean"
            ? Boolean(operand, scope)
            : throw FilterErrors.Invalid(
                $"A unary operator with an incompatible type was detected. Found operand type '{type}' for operator kind 'Not'."
            );
    }

    private Predicate Comparison(Syntax.Compare compare, Scope scope)
    {
        var (left, right, operation) = (compare.Left, compare.Right, compare.Operator);
        if (left is Syntax.Literal && right is not Syntax.Literal)
        {
            (left, right, operation) = (right, left, operation.Swapped());
        }

        if (right is not Syntax.Literal literal)
        {
            throw FilterErrors.Invalid("Comparison must be between a field, range variable or function call and a literal value.");
        }

        return left switch
        {
            Syntax.Path path => ConstantTypes.Compare(Scope.Filterable(scope.Resolve(path)), operation, literal.Value),
            Syntax.Call { Name: "geo.distance" } call => Functions.Distance(call, operation, literal.Value, scope),
            Syntax.Literal => throw FilterErrors.Invalid(
                "Comparison must be between a field, range variable or function call and a literal value."
            ),
            _ => CompareBoolean(Boolean(left, scope), operation, literal.Value),
        };
    }

    /// <summary>`search.in(…) eq false` and the like: functions return booleans, which compare with true and false.</summary>
    private static Predicate CompareBoolean(Predicate predicate, Operator operation, object? constant) =>
        constant is bool value && operation.IsEquality()
            ? (operation == Operator.Equal) == value
                ? predicate
                : new Predicate.Not(predicate)
            : throw FilterErrors.Incompatible("Edm.Boolean", ConstantTypes.NameOf(constant), operation.ToString());

    private Predicate.Quantified Quantified(Syntax.Quantified quantified, Scope scope)
    {
        var collection = scope.Resolve(quantified.Collection);
        if (!collection.Type.IsCollection)
        {
            throw FilterErrors.Invalid("Any/All may only be used following a collection.");
        }

        // A complex collection has no attribute of its own: the fields used inside carry it.
        if (!collection.Type.IsComplex)
        {
            Scope.Filterable(collection);
        }

        if (quantified.Body is null)
        {
            return new Predicate.Quantified(collection, quantified.All, null);
        }

        var body = Boolean(quantified.Body, scope.Within(quantified.Variable!, collection));
        LambdaRules.Check(body, collection.Type, quantified.All);
        return new Predicate.Quantified(collection, quantified.All, body);
    }

    private static Http.ServiceException NotBoolean() => FilterErrors.Invalid("The filter expression must evaluate to a boolean value.");
}
