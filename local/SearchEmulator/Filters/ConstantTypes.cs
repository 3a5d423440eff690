using SearchEmulator.Definitions;

namespace SearchEmulator.Filters;

/// <summary>Which constants a field may be compared with, and in which type the comparison is made.</summary>
internal static class ConstantTypes
{
    public static Predicate.Compare Compare(FieldReference field, Operator operation, object? constant)
    {
        var type = field.Type;
        if (type.IsCollection || type.IsComplex || (type.Kind == EdmKind.GeographyPoint && constant is not null))
        {
            throw Incompatible(field, constant, operation);
        }

        if (constant is null)
        {
            return operation.IsEquality() ? new(field, operation, null) : throw Incompatible(field, constant, operation);
        }

        return new(
            field,
            operation,
            Convert(type.Kind, constant) is { } converted && Allows(type.Kind, operation)
                ? converted
                : throw Incompatible(field, constant, operation)
        );
    }

    public static string NameOf(object? constant) =>
        constant switch
        {
            null => "<null>",
            string => "Edm.String",
            bool => "Edm.Boolean",
            long and >= int.MinValue and <= int.MaxValue => "Edm.Int32",
            long => "Edm.Int64",
            double => "Edm.Double",
            _ => "Edm.DateTimeOffset",
        };

    private static bool Allows(EdmKind kind, Operator operation) => kind != EdmKind.Boolean || operation.IsEquality();

    /// <summary>
    /// A whole field stays exact beside a fractional constant, so a double is kept as it is; NaN and the infinities do not fit it.
    /// </summary>
    private static object? Convert(EdmKind kind, object constant) =>
        (kind, constant) switch
        {
            (EdmKind.String, string) or (EdmKind.Boolean, bool) or (EdmKind.DateTimeOffset, DateTimeOffset) => constant,
            (EdmKind.Int32 or EdmKind.Int64, long) => constant,
            (EdmKind.Int32 or EdmKind.Int64, double number) when double.IsFinite(number) => constant,
            (EdmKind.Double, double) => constant,
            (EdmKind.Double, long number) => (double)number,
            _ => null,
        };

    private static Http.ServiceException Incompatible(FieldReference field, object? constant, Operator operation) =>
        FilterErrors.Incompatible(field.Type.ToString(), NameOf(constant), operation.ToString());
}
