using System.ComponentModel;
using System.Globalization;
using System.Reflection;
using Serverless.Settings;

namespace Functions.Tests.Docs;

/// <summary>A setting as its options class describes it.</summary>
/// <param name="Name">As an environment variable.</param>
internal sealed record SettingDescription(string Name, string Default, string Allowed, string Text)
{
    /// <summary>Section by section, in the order in which the code has them.</summary>
    public static IEnumerable<SettingDescription> All() =>
        from type in typeof(SettingsSectionAttribute).Assembly.GetTypes()
        let section = type.GetCustomAttribute<SettingsSectionAttribute>()?.Name
        where section is not null
        orderby section, type.Name
        let defaults = Activator.CreateInstance(type)
        let summaries = new Summaries(type)
        from property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where property.CanWrite
        select new SettingDescription(
            $"{section}__{property.Name}",
            DefaultOf(property, defaults),
            AllowedFor(property),
            summaries.Of(property.Name)
        );

    private static string DefaultOf(PropertyInfo property, object? defaults) =>
        property.GetCustomAttribute<DefaultValueAttribute>()?.Value is string words
            ? words
            : property.GetValue(defaults) switch
            {
                null or "" => "",
                bool flag => flag ? "`true`" : "`false`",
                long bytes and > 0 when bytes % (1 << 20) == 0 => $"{bytes >> 20} MiB",
                Enum word => $"`{word.ToString().ToLowerInvariant()}`",
                int or long => string.Create(CultureInfo.InvariantCulture, $"{property.GetValue(defaults):N0}"),
                var value => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
            };

    private static string AllowedFor(PropertyInfo property) =>
        property.GetCustomAttribute<AllowedRangeAttribute>() is { } range ? range.Span
        : property.GetCustomAttribute<AllowedChoiceAttribute>() is { } choice ? string.Join(", ", choice.Words.Select(word => $"`{word}`"))
        : property.PropertyType.IsEnum
            ? string.Join(", ", Enum.GetNames(property.PropertyType).Select(word => $"`{word.ToLowerInvariant()}`"))
        : property.PropertyType == typeof(bool) ? "`true`, `false`"
        : "";
}
