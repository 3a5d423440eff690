using Microsoft.Extensions.Options;

namespace Serverless.Search;

/// <summary>Validates each setting of the search service.</summary>
[OptionsValidator]
internal sealed partial class SearchOptionsRules : IValidateOptions<SearchOptions>;

/// <summary>Validates the endpoint, and the certificate allowed there.</summary>
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
                    + "a custom certificate is allowed only for localhost and 127.0.0.1."
            );
        }

        return File.Exists(options.CertificateFile)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"Search:CertificateFile is '{options.CertificateFile}': there is no such file.");
    }
}
