using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Serverless.Search;

/// <summary>What the settings of the search service may be.</summary>
internal sealed partial class SearchOptionsRules : IValidateOptions<SearchOptions>
{
    public ValidateOptionsResult Validate(string? name, SearchOptions options)
    {
        if (options.Endpoint.Length == 0)
        {
            return ValidateOptionsResult.Fail(
                "Search:Endpoint is not set: give the address of the Azure AI Search service, such as https://NAME.search.windows.net."
            );
        }

        if (!IndexName().IsMatch(options.Index))
        {
            return ValidateOptionsResult.Fail(
                $"Search:Index is '{options.Index}': an index name has 2 to 128 lower-case letters, digits and single hyphens."
            );
        }

        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme != Uri.UriSchemeHttps)
        {
            return ValidateOptionsResult.Fail($"Search:Endpoint is '{options.Endpoint}': it must be an https address.");
        }

        if (string.IsNullOrEmpty(options.CertificateFile))
        {
            return ValidateOptionsResult.Success;
        }

        if (!endpoint.IsLoopback)
        {
            return ValidateOptionsResult.Fail(
                $"Search:CertificateFile is set, but Search:Endpoint is '{options.Endpoint}': a certificate of one's own is allowed for localhost and 127.0.0.1 only."
            );
        }

        return File.Exists(options.CertificateFile)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Search:CertificateFile is '{options.CertificateFile}': there is no such file.");
    }

    [GeneratedRegex("^(?!.*--)[a-z0-9][a-z0-9-]{0,126}[a-z0-9]$")]
    private static partial Regex IndexName();
}
