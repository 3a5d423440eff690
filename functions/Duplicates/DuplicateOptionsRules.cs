using Microsoft.Extensions.Options;

namespace Serverless.Duplicates;

/// <summary>What the settings of the gate may be, each by itself.</summary>
[OptionsValidator]
internal sealed partial class DuplicateOptionsRules : IValidateOptions<DuplicateOptions>;

/// <summary>What they may be together.</summary>
internal sealed class TurnedCopiesRule : IValidateOptions<DuplicateOptions>
{
    public ValidateOptionsResult Validate(string? name, DuplicateOptions options) =>
        options is { Confirm: false } && options.FindTurned != DuplicateOptions.None
            ? ValidateOptionsResult.Fail(
                "Duplicates:FindTurned is set, but Duplicates:Confirm is false: turned copies are only told by their pixels. "
                    + "Set one of them back."
            )
            : ValidateOptionsResult.Success;
}
