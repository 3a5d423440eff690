using System.ComponentModel.DataAnnotations;

namespace Serverless.Settings;

/// <summary>The allowed values of a setting.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AllowedChoiceAttribute(params string[] words) : ValidationAttribute
{
    public IReadOnlyList<string> Words => words;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        words.Contains(value)
            ? ValidationResult.Success
            : new($"{SettingsSectionAttribute.NameOf(validationContext)} is '{value}'; allowed: {string.Join(", ", words)}.");
}
