using System.ComponentModel.DataAnnotations;

namespace Serverless.Settings;

/// <summary>The allowed range of a number or time.</summary>
internal sealed class AllowedRangeAttribute : RangeAttribute
{
    private readonly string kind;

    public AllowedRangeAttribute(double minimum, double maximum)
        : base(minimum, maximum)
    {
        kind = "number";
        Span = FormattableString.Invariant($"{minimum} to {maximum}");
    }

    /// <param name="minimum">A time, such as <c>00:00:01</c>.</param>
    /// <param name="maximum">A time, such as <c>01:00:00</c>.</param>
    public AllowedRangeAttribute(string minimum, string maximum)
        : base(typeof(TimeSpan), minimum, maximum)
    {
        kind = "time";
        Span = $"{minimum} to {maximum}";
        ParseLimitsInInvariantCulture = true;
        ConvertValueInInvariantCulture = true;
    }

    /// <summary>Such as <c>0 to 1</c>.</summary>
    public string Span { get; }

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        IsValid(value)
            ? ValidationResult.Success
            : new(
                FormattableString.Invariant(
                    $"{SettingsSectionAttribute.NameOf(validationContext)} is {value}; a {kind} from {Span} is allowed."
                )
            );
}
