namespace SearchEmulator.Filters;

/// <summary>One comparison, specialised by the type of its constant so that nothing is decided per document.</summary>
internal static class Comparisons
{
    public static Test Compile(Predicate.Compare compare)
    {
        var (field, operation, constant) = compare;
        return constant switch
        {
            null => operation == Operator.Equal ? (item, _) => field.Fetch(item) is null : (item, _) => field.Fetch(item) is not null,
            string text => Text(field, operation, text),
            bool flag => Typed(field, operation, (bool value) => value == flag ? 0 : 1),
            long number => Typed(field, operation, (long value) => value.CompareTo(number)),
            double number when field.Type.Kind == Definitions.EdmKind.Double => Double(field, operation, number),
            double number => Typed(field, operation, (long value) => CompareExactly(value, number)),
            DateTimeOffset date => Typed(field, operation, (DateTimeOffset value) => value.CompareTo(date)),
            _ => throw new InvalidOperationException($"No comparison with {constant.GetType()}."),
        };
    }

    private static Test Text(FieldReference field, Operator operation, string constant) =>
        operation switch
        {
            Operator.Equal => (item, _) => field.Fetch(item) is string text && text == constant,
            Operator.NotEqual => (item, _) => !(field.Fetch(item) is string text && text == constant),
            _ => (item, _) => field.Fetch(item) is string text && operation.Holds(string.CompareOrdinal(text, constant)),
        };

    private static Test Typed<T>(FieldReference field, Operator operation, Func<T, int> compare)
    {
        var missing = operation == Operator.NotEqual;
        return (item, _) => field.Fetch(item) is T value ? operation.Holds(compare(value)) : missing;
    }

    /// <summary>NaN is unequal to everything and neither less nor greater, which CompareTo would not say.</summary>
    private static Test Double(FieldReference field, Operator operation, double constant) =>
        operation switch
        {
            Operator.Equal => (item, _) => field.Fetch(item) is double value && value == constant,
            Operator.NotEqual => (item, _) => !(field.Fetch(item) is double value && value == constant),
            Operator.LessThan => (item, _) => field.Fetch(item) is double value && value < constant,
            Operator.LessThanOrEqual => (item, _) => field.Fetch(item) is double value && value <= constant,
            Operator.GreaterThan => (item, _) => field.Fetch(item) is double value && value > constant,
            _ => (item, _) => field.Fetch(item) is double value && value >= constant,
        };

    /// <summary>Without rounding the whole number to a double, which loses the last digits of large ones.</summary>
    internal static int CompareExactly(long value, double constant)
    {
        if (constant >= 9.2233720368547758E18)
        {
            return -1;
        }

        if (constant < -9.2233720368547758E18)
        {
            return 1;
        }

        var floor = Math.Floor(constant);
        var byFloor = value.CompareTo((long)floor);
        return byFloor == 0 && constant > floor ? -1 : byFloor;
    }
}
