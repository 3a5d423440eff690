using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Serverless.Storage;

/// <summary>What the names of the containers may be.</summary>
internal sealed partial class StorageOptionsRules : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        foreach (var (setting, value) in new[] { ("Images", options.Images), ("Quarantine", options.Quarantine) })
        {
            if (!ContainerName().IsMatch(value))
            {
                return ValidateOptionsResult.Fail(
                    $"Storage:{setting} is '{value}': a container name has 3 to 63 lower-case letters, digits and single hyphens."
                );
            }
        }

        return options.Images != options.Quarantine
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Storage:Images and Storage:Quarantine are both '{options.Images}': they must be two containers."
            );
    }

    [GeneratedRegex("^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$")]
    private static partial Regex ContainerName();
}
