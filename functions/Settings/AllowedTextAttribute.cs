using System.ComponentModel.DataAnnotations;

namespace Serverless.Settings;

/// <summary>What the text of a setting looks like.</summary>
/// <param name="pattern">All of the text.</param>
/// <param name="rule">The same in words.</param>
internal sealed class AllowedTextAttribute(string pattern, string rule) : RegularExpressionAttribute(pattern)
{
    public string Rule => rule;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is "" || !IsValid(value)
            ? new($"{SettingsSectionAttribute.NameOf(validationContext)} is '{value}': {rule}.")
            : ValidationResult.Success;
}
