using System.ComponentModel;
using Microsoft.Extensions.Options;
using Serverless.Settings;

namespace Serverless.Api;

[SettingsSection(Section)]
internal sealed class ApiOptions
{
    public const string Section = "Api";

    /// <summary>
    /// Pages of these origins may call the API from a browser (CORS), such as <c>https://photos.example.com</c>:
    /// <c>Api__AllowedOrigins__0</c>, <c>__1</c>, … They need a key like any other caller.
    /// </summary>
    [DefaultValue("none")]
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];
}

/// <summary>What origins may be. Any origin at all would let every page on the web call an app that asks for no key.</summary>
internal sealed class ApiOptionsRules : IValidateOptions<ApiOptions>
{
    public ValidateOptionsResult Validate(string? name, ApiOptions options) =>
        options.AllowedOrigins.FirstOrDefault(origin => !IsOrigin(origin)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"Api:AllowedOrigins contains '{wrong}': each must be scheme and host, such as https://photos.example.com, with the port "
                    + "if it is not the default, and nothing after it."
            )
            : ValidateOptionsResult.Success;

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin)
        && origin.Scheme is "http" or "https"
        && text.Equals(origin.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        && !text.Contains('*', StringComparison.Ordinal);
}
