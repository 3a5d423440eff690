using Microsoft.Extensions.Options;

namespace Serverless.Storage;

/// <summary>What the names of the containers may be, each by itself.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsRules : IValidateOptions<StorageOptions>;

/// <summary>What they may be together.</summary>
internal sealed class TwoContainersRule : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.Images != options.Quarantine
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Storage:Images and Storage:Quarantine are both '{options.Images}': they must be two containers."
            );
}
