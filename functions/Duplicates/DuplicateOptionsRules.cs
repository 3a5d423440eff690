using Microsoft.Extensions.Options;

namespace Serverless.Duplicates;

/// <summary>Validates each setting.</summary>
[OptionsValidator]
internal sealed partial class DuplicateOptionsRules : IValidateOptions<DuplicateOptions>;

/// <summary>Validates the settings together.</summary>
internal sealed class TurnedCopiesRule : IValidateOptions<DuplicateOptions>
{
    public ValidateOptionsResult Validate(string? name, DuplicateOptions options) =>
        options is { Confirm: false } && options.FindTurned != DuplicateOptions.None
            ? ValidateOptionsResult.Fail(
                "Duplicates:FindTurned is set, but Duplicates:Confirm is false: turned copies can only be confirmed by their pixels. "
                    + "Change one of them back."
            )
            : ValidateOptionsResult.Success;
}
