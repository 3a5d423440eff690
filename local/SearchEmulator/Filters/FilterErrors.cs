using System.Globalization;
using SearchEmulator.Http;

namespace SearchEmulator.Filters;

internal static class FilterErrors
{
    public const string Filter = "$filter";

    public static ServiceException Invalid(string message, string parameter = Filter) =>
        ServiceException.InvalidExpression(message, parameter);

    public static ServiceException Syntax(int position, string text, string parameter = Filter) =>
        Invalid(string.Create(CultureInfo.InvariantCulture, $"Syntax error at position {position} in '{text}'."), parameter);

    public static ServiceException UnknownProperty(string name, string type, string parameter = Filter) =>
        Invalid($"Could not find a property named '{name}' on type '{type}'.", parameter);

    public static ServiceException Incompatible(string left, string right, string operation) =>
        Invalid(
            $"A binary operator with incompatible types was detected. Found operand types '{left}' and '{right}' for operator kind "
                + $"'{operation}'."
        );
}
