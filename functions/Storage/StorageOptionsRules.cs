using Microsoft.Extensions.Options;

namespace Serverless.Storage;

/// <summary>Validates each container name.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsRules : IValidateOptions<StorageOptions>;

/// <summary>Validates the names together.</summary>
internal sealed class TwoContainersRule : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.Images != options.Quarantine
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Storage:Images and Storage:Quarantine are both '{options.Images}': they must be different containers."
            );
}
