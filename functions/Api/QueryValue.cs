using System.Globalization;
using Microsoft.Extensions.Primitives;
using Serverless.Images;
using Serverless.Search;

namespace Serverless.Api;

/// <summary>Strictly parsed values of query strings and forms: an invalid value is refused, never ignored.</summary>
internal static class QueryValue
{
    public static int? Integer(IEnumerable<KeyValuePair<string, StringValues>> values, string name) =>
        Text(values, name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw ProblemException.Invalid($"'{name}' is '{Shorten(text)}': it must be a whole number.");

    public static double? Number(IEnumerable<KeyValuePair<string, StringValues>> values, string name) =>
        Text(values, name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw ProblemException.Invalid($"'{name}' is '{Shorten(text)}': it must be a number.");

    public static DateTimeOffset? Time(IEnumerable<KeyValuePair<string, StringValues>> values, string name) =>
        Text(values, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value) ? value
        : throw ProblemException.Invalid($"'{name}' is '{Shorten(text)}': it must be a time such as 2026-01-31T12:00:00Z.");

    /// <summary>An enum value, spelled as in the API.</summary>
    public static T? Choice<T>(IEnumerable<KeyValuePair<string, StringValues>> values, string name, params T[] allowed)
        where T : struct, Enum
    {
        if (Text(values, name) is not { } text)
        {
            return null;
        }

        foreach (var value in allowed)
        {
            if (Names.Of(value) == text)
            {
                return value;
            }
        }

        throw ProblemException.Invalid($"'{name}' is '{Shorten(text)}': it must be one of {string.Join(", ", allowed.Select(Names.Of))}.");
    }

    public static bool Flag(IEnumerable<KeyValuePair<string, StringValues>> values, string name) =>
        Text(values, name) switch
        {
            null or "false" => false,
            "true" => true,
            var text => throw ProblemException.Invalid($"'{name}' is '{Shorten(text)}': it must be true or false."),
        };

    /// <summary>True, false, or null where nothing is said.</summary>
    public static bool? Choice(IEnumerable<KeyValuePair<string, StringValues>> values, string name) =>
        Text(values, name) is null ? null : Flag(values, name);

    public static T Between<T>(T value, T least, T most, string name)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw ProblemException.Invalid($"'{name}' is {value}: it must be from {least} to {most}.");

    private static string? Text(IEnumerable<KeyValuePair<string, StringValues>> values, string name)
    {
        var found = values.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        return found.Count > 1 ? throw ProblemException.Invalid($"'{name}' is given {found.Count} times.")
            : found is [{ Length: > 0 } text] ? text
            : null;
    }

    public static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
