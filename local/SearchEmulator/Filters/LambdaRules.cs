using SearchEmulator.Definitions;

namespace SearchEmulator.Filters;

/// <summary>
/// What the service allows inside `any` and `all` depends on the type of the collection: it answers such filters from inverted lists
/// that no longer know which values belonged together.
/// </summary>
internal static class LambdaRules
{
    public static void Check(Predicate body, EdmType collection, bool all)
    {
        switch (collection.Kind)
        {
            case EdmKind.ComplexType:
                return;
            case EdmKind.String:
                CheckStrings(body, all, negated: false);
                return;
            case EdmKind.Boolean:
                CheckBooleans(body);
                return;
            case EdmKind.GeographyPoint:
                CheckPoints(body, all, negated: false);
                return;
            default:
                CheckComparable(body, all);
                return;
        }
    }

    private static void CheckStrings(Predicate body, bool all, bool negated)
    {
        switch (body)
        {
            case Predicate.Not not:
                CheckStrings(not.Operand, all, !negated);
                return;
            case Predicate.And or Predicate.Or:
                CheckJoin(body, all, negated, "Edm.String", operand => CheckStrings(operand, all, negated));
                return;
            case Predicate.Compare compare when !compare.Operator.IsEquality():
                throw FilterErrors.Invalid(
                    "Invalid lambda expression. Found a comparison operator (one of 'lt', 'le', 'gt', or 'ge'). Only equality operators "
                        + "are allowed in lambda expressions that iterate over fields of type Collection(Edm.String). For 'any', please "
                        + "use expressions of the form 'x eq y'. For 'all', please use expressions of the form 'x ne y' or 'not (x eq "
                        + "y)'."
                );
            case Predicate.Compare or Predicate.In:
                var testsEquality = (body is Predicate.In or Predicate.Compare { Operator: Operator.Equal }) != negated;
                if (testsEquality == all)
                {
                    throw FilterErrors.Invalid(
                        "Invalid lambda expression. Found a test for equality or inequality where the opposite was expected in a lambda "
                            + "expression that iterates over a field of type Collection(Edm.String). For 'any', please use expressions "
                            + "of the form 'x eq y' or 'search.in(...)'. For 'all', please use expressions of the form 'x ne y', 'not (x "
                            + "eq y)', or 'not search.in(...)'."
                    );
                }

                return;
        }
    }

    private static void CheckBooleans(Predicate body)
    {
        if (body is Predicate.And or Predicate.Or)
        {
            throw FilterErrors.Invalid(
                "Invalid lambda expression. Complex Boolean expressions are not supported in lambda expressions that iterate over fields "
                    + "of type Collection(Edm.Boolean)."
            );
        }

        if (body is Predicate.Not not)
        {
            CheckBooleans(not.Operand);
        }
    }

    private static void CheckPoints(Predicate body, bool all, bool negated)
    {
        switch (body)
        {
            case Predicate.Not not:
                CheckPoints(not.Operand, all, !negated);
                return;
            case Predicate.And or Predicate.Or:
                CheckJoin(body, all, negated, "Edm.GeographyPoint", operand => CheckPoints(operand, all, negated));
                return;
            case Predicate.Distance or Predicate.Within:
                var testsNear =
                    (body is Predicate.Within or Predicate.Distance { Operator: Operator.LessThan or Operator.LessThanOrEqual }) != negated;
                if (testsNear == all)
                {
                    throw FilterErrors.Invalid(
                        "Invalid lambda expression. Found an unsupported use of geo.distance() or geo.intersects() in a lambda expression "
                            + "that iterates over a field of type Collection(Edm.GeographyPoint). For 'any', make sure you compare "
                            + "geo.distance() using the 'lt' or 'le' operators and make sure that any usage of geo.intersects() is not "
                            + "negated. For 'all', make sure you compare geo.distance() using the 'gt' or 'ge' operators and make sure "
                            + "that any usage of geo.intersects() is negated."
                    );
                }

                return;
        }
    }

    /// <summary>`any` joins by `or`, `all` by `and`; a negation around the join turns it into the other.</summary>
    private static void CheckJoin(Predicate join, bool all, bool negated, string type, Action<Predicate> check)
    {
        var joinsByAnd = join is Predicate.And != negated;
        if (joinsByAnd != all)
        {
            throw FilterErrors.Invalid(
                "Invalid lambda expression. Complex Boolean expressions are not supported in lambda expressions that iterate over fields "
                    + $"of type Collection({type}). For 'any', please join sub-expressions with 'or'; 'and' is not supported. For 'all', "
                    + "please join sub-expressions with 'and'; 'or' is not supported."
            );
        }

        foreach (var operand in Operands(join))
        {
            check(operand);
        }
    }

    private static void CheckComparable(Predicate body, bool all)
    {
        // `any` wants ors of ands, `all` ands of ors; a single clause is both.
        var outer = (all ? body is Predicate.And : body is Predicate.Or) ? Operands(body) : [body];
        foreach (var group in outer)
        {
            var isGroup = all ? group is Predicate.Or : group is Predicate.And;
            var clauses = isGroup ? Operands(group) : [group];
            if (clauses.Any(clause => !IsClause(clause, alone: clauses.Count == 1, all)))
            {
                throw FilterErrors.Invalid(
                    "Invalid lambda expression. Found an unsupported form of complex Boolean expression. For 'any', please use "
                        + "expressions that are 'ORs of ANDs', also known as Disjunctive Normal Form. For example: '(a and b) or (c and "
                        + "d)' where a, b, c, and d are comparison or equality sub-expressions. For 'all', please use expressions that "
                        + "are 'ANDs of ORs', also known as Conjunctive Normal Form. For example: '(a or b) and (c or d)' where a, b, c, "
                        + "and d are comparison or inequality sub-expressions. Examples of comparison expressions: 'x gt 5', 'x le 2'. "
                        + "Example of an equality expression: 'x eq 5'. Example of an inequality expression: 'x ne 5'."
                );
            }
        }
    }

    private static bool IsClause(Predicate clause, bool alone, bool all) =>
        clause switch
        {
            Predicate.Not not => alone && IsClause(not.Operand, alone, all),
            Predicate.Compare { Operator: Operator.NotEqual } => alone || all,
            Predicate.Compare { Operator: Operator.Equal } => alone || !all,
            Predicate.Compare or Predicate.Fixed => true,
            _ => false,
        };

    private static IReadOnlyList<Predicate> Operands(Predicate join) =>
        join switch
        {
            Predicate.And and => and.Operands,
            Predicate.Or or => or.Operands,
            _ => [join],
        };
}
