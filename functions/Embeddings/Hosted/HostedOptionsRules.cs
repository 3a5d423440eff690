using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Serverless.Embeddings.Hosted;

/// <summary>Validates a hosted provider's settings. Messages never repeat a key.</summary>
internal sealed partial class HostedOptionsRules : IValidateOptions<EmbeddingOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddingOptions options)
    {
        if (HostedServices.FactsOf(options.Provider, options.Model) is not { } facts)
        {
            return ValidateOptionsResult.Skip;
        }

        string[] faults = [.. Model(options, facts), .. Place(options, facts), .. Access(options, facts)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Model(EmbeddingOptions options, ProviderFacts facts)
    {
        if (options.Model != "default" && !facts.Models.Contains(options.Model))
        {
            yield return $"Embedding:Model is '{options.Model}'; allowed for {facts.Name}: default, "
                + $"{string.Join(", ", HostedServices.ModelsOf(facts.Name))}.";
        }

        if (options.Dimensions is { } dimensions && !facts.Dimensions.Contains(dimensions))
        {
            yield return $"Embedding:Dimensions is {dimensions}; allowed for {facts.Name}: {string.Join(", ", facts.Dimensions)}.";
        }
    }

    private static IEnumerable<string> Place(EmbeddingOptions options, ProviderFacts facts)
    {
        if (
            options.Endpoint is { } endpoint
            && !(
                Uri.TryCreate(endpoint, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
                && uri.UserInfo.Length == 0
            )
        )
        {
            yield return $"Embedding:Endpoint is '{endpoint}': it must be an https URL without user name or password.";
        }

        if (facts.Name == EmbeddingOptions.AzureVision && options.Endpoint is null)
        {
            yield return "Embedding:Endpoint is not set: give the address of the Azure AI Vision resource, such as "
                + "https://NAME.cognitiveservices.azure.com.";
        }

        if (facts.Name == EmbeddingOptions.AzureFoundry && options.Endpoint is null)
        {
            yield return "Embedding:Endpoint is not set: give the address of the Foundry resource, such as "
                + "https://NAME.services.ai.azure.com.";
        }

        if (facts.Name == EmbeddingOptions.Bedrock && HostedServices.AwsRegion(options) is null)
        {
            yield return "Embedding:Region is not set: give a region that offers the model, such as us-east-1.";
        }

        if (facts.Name == EmbeddingOptions.Vertex && options.Region is null)
        {
            yield return "Embedding:Region is not set: give a region that offers the model, such as us-central1.";
        }

        if (options.Region is { } region && !RegionName().IsMatch(region))
        {
            yield return $"Embedding:Region is '{region}': a region's name has lower-case letters, digits and hyphens.";
        }
    }

    private static IEnumerable<string> Access(EmbeddingOptions options, ProviderFacts facts)
    {
        if (facts.Name != EmbeddingOptions.Vertex)
        {
            yield break;
        }

        if (options.Project is not { } project || !ProjectName().IsMatch(project))
        {
            yield return $"Embedding:Project is '{options.Project}': it must be the id of a Google Cloud project, 6 to 30 lower-case "
                + "letters, digits and hyphens.";
        }

        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            yield return "Embedding:ApiKey is set, but Vertex AI does not use one: remove it, and give the app a Google service account "
                + "(GOOGLE_APPLICATION_CREDENTIALS).";
        }
    }

    [GeneratedRegex("^[a-z0-9-]{2,40}$")]
    private static partial Regex RegionName();

    [GeneratedRegex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$")]
    private static partial Regex ProjectName();
}
