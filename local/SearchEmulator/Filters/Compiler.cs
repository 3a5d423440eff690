using SearchEmulator.Values;

namespace SearchEmulator.Filters;

/// <summary>
/// Whether an item passes: a document's values, or an element of a collection. The slot is the document's in either case.
/// </summary>
internal delegate bool Test(object? item, int slot);

/// <summary>
/// A predicate to nested delegates. Missing values follow the service: null equals only null, and every `ne` and `not` includes it.
/// </summary>
internal static class Compiler
{
    public static Test Compile(Predicate predicate, Func<TextMatch, Func<int, bool>> matcher) =>
        predicate switch
        {
            Predicate.Fixed constant => (_, _) => constant.Value,
            Predicate.And and => All([.. and.Operands.Select(operand => Compile(operand, matcher))]),
            Predicate.Or or => Any([.. or.Operands.Select(operand => Compile(operand, matcher))]),
            Predicate.Not not => Negate(Compile(not.Operand, matcher)),
            Predicate.Compare compare => Comparisons.Compile(compare),
            Predicate.In contained => (item, _) => contained.Field.Fetch(item) is string text && contained.Values.Contains(text),
            Predicate.Distance distance => (item, _) =>
                distance.Field.Fetch(item) is GeoPoint point
                && distance.Operator.Holds(Geography.Kilometres(point, distance.From).CompareTo(distance.Kilometres)),
            Predicate.Within within => (item, _) => within.Field.Fetch(item) is GeoPoint point && Geography.Contains(within.Polygon, point),
            Predicate.Matches matches => Matching(matcher(matches.Match)),
            Predicate.Quantified quantified => Quantify(quantified, matcher),
            _ => throw new InvalidOperationException($"No compilation for {predicate.GetType()}."),
        };

    private static Test All(Test[] tests) =>
        (item, slot) =>
        {
            foreach (var test in tests)
            {
                if (!test(item, slot))
                {
                    return false;
                }
            }

            return true;
        };

    private static Test Any(Test[] tests) =>
        (item, slot) =>
        {
            foreach (var test in tests)
            {
                if (test(item, slot))
                {
                    return true;
                }
            }

            return false;
        };

    private static Test Negate(Test test) => (item, slot) => !test(item, slot);

    private static Test Matching(Func<int, bool> matches) => (_, slot) => matches(slot);

    private static Test Quantify(Predicate.Quantified quantified, Func<TextMatch, Func<int, bool>> matcher)
    {
        var collection = quantified.Collection;
        if (quantified.Body is null)
        {
            return (item, _) => collection.Fetch(item) is ValueList { Items.Length: > 0 };
        }

        var body = Compile(quantified.Body, matcher);
        var all = quantified.All;
        return (item, slot) =>
        {
            foreach (var element in (collection.Fetch(item) as ValueList)?.Items ?? [])
            {
                if (body(element, slot) != all)
                {
                    return !all;
                }
            }

            return all;
        };
    }
}
