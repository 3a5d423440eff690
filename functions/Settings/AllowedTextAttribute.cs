using System.ComponentModel.DataAnnotations;

namespace Serverless.Settings;

/// <summary>The allowed form of a text setting.</summary>
/// <param name="pattern">Must match the whole text.</param>
/// <param name="rule">The rule in words.</param>
internal sealed class AllowedTextAttribute(string pattern, string rule) : RegularExpressionAttribute(pattern)
{
    public string Rule => rule;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is "" || !IsValid(value)
            ? new($"{SettingsSectionAttribute.NameOf(validationContext)} is '{value}': {rule}.")
            : ValidationResult.Success;
}
