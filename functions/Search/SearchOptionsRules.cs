using Microsoft.Extensions.Options;

namespace Serverless.Search;

/// <summary>What the settings of the search service may be, each by itself.</summary>
[OptionsValidator]
internal sealed partial class SearchOptionsRules : IValidateOptions<SearchOptions>;

/// <summary>Where the service may be, and whose certificate it may show there.</summary>
internal sealed class SearchEndpointRule : IValidateOptions<SearchOptions>
{
    public ValidateOptionsResult Validate(string? name, SearchOptions options)
    {
        if (options.Endpoint.Length == 0)
        {
            return ValidateOptionsResult.Fail(
                "Search:Endpoint is not set: give the address of the Azure AI Search service, such as https://NAME.search.windows.net."
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
                $"Search:CertificateFile is set, but Search:Endpoint is '{options.Endpoint}': "
                    + "a certificate of one's own is allowed for localhost and 127.0.0.1 only."
            );
        }

        return File.Exists(options.CertificateFile)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Search:CertificateFile is '{options.CertificateFile}': there is no such file.");
    }
}
