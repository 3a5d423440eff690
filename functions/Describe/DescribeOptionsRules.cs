using Microsoft.Extensions.Options;

namespace Serverless.Describe;

/// <summary>What the settings may be, each by itself.</summary>
[OptionsValidator]
internal sealed partial class DescribeOptionsRules : IValidateOptions<DescribeOptions>;

/// <summary>Whether a model can be asked at all. The value of the key is never repeated.</summary>
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
            yield return "Describe:Model is not set: name a model that sees pictures, such as gpt-4.1-mini; of Azure OpenAI its "
                + "deployment.";
        }

        var isAddress = Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri);
        if (!isAddress || uri!.UserInfo.Length > 0 || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            yield return $"Describe:Endpoint is '{options.Endpoint}': it must be an address such as https://api.openai.com/v1, without "
                + "a name or password.";
            yield break;
        }

        var hasKey = !string.IsNullOrEmpty(options.ApiKey);
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback && (hasKey || ChatEndpoint.IsAzure(uri)))
        {
            yield return $"Describe:Endpoint is '{options.Endpoint}': a key or a token is sent by https only.";
        }

        if (!hasKey && uri.Host == ChatEndpoint.OpenAIHost)
        {
            yield return "Describe:ApiKey is not set: OpenAI takes no request without a key.";
        }
    }

    private static IEnumerable<string> Costs(DescribeOptions options)
    {
        if (options.MonthlyUsd is not null && !options.HasPrices)
        {
            yield return "Describe:MonthlyUsd is set, but neither Describe:InputPrice nor Describe:OutputPrice: without prices nobody "
                + "knows what is spent.";
        }
    }
}
