using Microsoft.Extensions.Options;
using Serverless.Imaging;

namespace Serverless.Access;

/// <summary>Validates the access settings. Messages never repeat a key.</summary>
internal sealed class AccessOptionsRules : IValidateOptions<AccessOptions>
{
    private const int ShortestKey = 20;

    /// <summary>
    /// App Service sets this to True while its authentication is on; only then does it remove a caller's own X-MS-CLIENT-PRINCIPAL.
    /// </summary>
    private const string AuthenticationVariable = "WEBSITE_AUTH_ENABLED";

    private readonly Func<string, string?> variable;

    public AccessOptionsRules()
        : this(Environment.GetEnvironmentVariable) { }

    internal AccessOptionsRules(Func<string, string?> variable) => this.variable = variable;

    public ValidateOptionsResult Validate(string? name, AccessOptions options)
    {
        foreach (var (role, key) in options.Keys)
        {
            if (key.Length < ShortestKey)
            {
                return ValidateOptionsResult.Fail($"Access:{role}Key is too short: it must have at least {ShortestKey} characters.");
            }
        }

        if (options.Keys.GroupBy(pair => pair.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            return ValidateOptionsResult.Fail(
                $"Access:{string.Join("Key and Access:", twice.Select(pair => pair.Role))}Key are the same: each role needs a key of "
                    + "its own."
            );
        }

        return options.AppRoles && !string.Equals(variable(AuthenticationVariable), "true", StringComparison.OrdinalIgnoreCase)
            ? ValidateOptionsResult.Fail(
                "Access:AppRoles is true, but App Service authentication is not on: anyone could claim a role. Turn it on, or use keys."
            )
            : ValidateOptionsResult.Success;
    }
}
