using Microsoft.Extensions.Options;

namespace Serverless.Describe;

/// <summary>Validates each setting.</summary>
[OptionsValidator]
internal sealed partial class DescribeOptionsRules : IValidateOptions<DescribeOptions>;

/// <summary>Validates the settings together. Messages never repeat the key.</summary>
internal sealed class ChatEndpointRules : IValidateOptions<DescribeOptions>
{
    public ValidateOptionsResult Validate(string? name, DescribeOptions options)
    {
        if (!options.IsOn)
        {
            return ValidateOptionsResult.Skip;
        }

        string[] faults = [.. Endpoint(options), .. Costs(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Endpoint(DescribeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Model))
        {
            yield return "Describe:Model is not set: name a model that supports pictures, such as gpt-4.1-mini; for Azure OpenAI its "
                + "deployment.";
        }

        var isAddress = Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri);
        if (!isAddress || uri!.UserInfo.Length > 0 || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            yield return $"Describe:Endpoint is '{options.Endpoint}': it must be a URL such as https://api.openai.com/v1, without "
                + "user name or password.";
            yield break;
        }

        var hasKey = !string.IsNullOrEmpty(options.ApiKey);
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && (hasKey || ChatEndpoint.IsAzure(uri)))
        {
            yield return $"Describe:Endpoint is '{options.Endpoint}': keys and tokens are sent over https only.";
        }

        if (!hasKey && uri.Host == ChatEndpoint.OpenAIHost)
        {
            yield return "Describe:ApiKey is not set: OpenAI requires a key.";
        }
    }

    private static IEnumerable<string> Costs(DescribeOptions options)
    {
        if (options.MonthlyUsd is not null && !options.HasPrices)
        {
            yield return "Describe:MonthlyUsd is set, but neither Describe:InputPrice nor Describe:OutputPrice: without prices the "
                + "cost is unknown.";
        }
    }
}
