using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Embeddings;

namespace Functions.Tests.Embeddings.Hosted;

public sealed class HostedOptionsTests
{
    private static readonly Dictionary<string, (string Setting, string Value)[]> Complete = new()
    {
        ["azure-foundry"] = [("Endpoint", "https://example.services.ai.azure.com")],
        ["azure-vision"] = [("Endpoint", "https://example.cognitiveservices.azure.com")],
        ["bedrock"] = [("Region", "us-east-1")],
        ["vertex"] = [("Region", "us-central1"), ("Project", "example-project")],
    };

    [Theory]
    [InlineData("azure-foundry")]
    [InlineData("azure-vision")]
    [InlineData("bedrock")]
    [InlineData("vertex")]
    public void The_least_that_a_provider_needs_is_valid(string provider) => Assert.Equal(provider, Options(provider).Provider);

    [Theory]
    [InlineData(
        "azure-vision",
        "Endpoint",
        null,
        "Embedding:Endpoint is not set: give the address of the Azure AI Vision resource, such as https://NAME.cognitiveservices.azure.com."
    )]
    [InlineData(
        "azure-vision",
        "Endpoint",
        "http://example.com",
        "Embedding:Endpoint is 'http://example.com': it must be an https URL without user name or password."
    )]
    [InlineData("azure-vision", "Endpoint", "https://name:password@example.com", "it must be an https URL without user name or password.")]
    [InlineData(
        "azure-foundry",
        "Endpoint",
        null,
        "Embedding:Endpoint is not set: give the address of the Foundry resource, such as https://NAME.services.ai.azure.com."
    )]
    [InlineData(
        "bedrock",
        "Model",
        "nova",
        "Embedding:Model is 'nova'; allowed for bedrock: default, amazon.titan-embed-image-v1, amazon.nova-2-multimodal-embeddings-v1:0."
    )]
    [InlineData("azure-vision", "Dimensions", "512", "Embedding:Dimensions is 512; allowed for azure-vision: 1024.")]
    [InlineData("azure-vision", "Model", "clip", "Embedding:Model is 'clip'; allowed for azure-vision: default, 2023-04-15, 2022-04-11.")]
    [InlineData("bedrock", "Dimensions", "512", "Embedding:Dimensions is 512; allowed for bedrock: 1024, 384, 256.")]
    [InlineData(
        "bedrock",
        "Region",
        "US East",
        "Embedding:Region is 'US East': a region's name has lower-case letters, digits and hyphens."
    )]
    [InlineData("vertex", "Region", null, "Embedding:Region is not set: give a region that offers the model, such as us-central1.")]
    [InlineData(
        "vertex",
        "Project",
        null,
        "Embedding:Project is '': it must be the id of a Google Cloud project, 6 to 30 lower-case letters, digits and hyphens."
    )]
    [InlineData("vertex", "Project", "../other", "Embedding:Project is '../other'")]
    [InlineData("vertex", "ApiKey", "a-key", "Embedding:ApiKey is set, but Vertex AI does not use one")]
    [InlineData("vertex", "RequestsPerMinute", "0", "Embedding:RequestsPerMinute is 0; a number from 1 to 1000000 is allowed.")]
    [InlineData("vertex", "RetryTimeout", "01:00:00", "Embedding:RetryTimeout is 01:00:00; a time from 00:00:01 to 00:05:00 is allowed.")]
    [InlineData("vertex", "TextPrice", "-1", "Embedding:TextPrice is -1; a number from 0 to 1000000 is allowed.")]
    public void A_setting_that_is_not_allowed_is_named_with_what_is(string provider, string setting, string? value, string said)
    {
        var message = Assert.Throws<OptionsValidationException>(() => Options(provider, (setting, value))).Message;

        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-key", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_model_of_a_provider_has_its_own_lengths()
    {
        (string Setting, string? Value)[] nova = [("Model", "amazon.nova-2-multimodal-embeddings-v1:0"), ("Dimensions", "3072")];
        (string Setting, string? Value)[] gemini = [("Model", "gemini-embedding-2"), ("Dimensions", "768")];

        Assert.Equal((3072, 768), (Options("bedrock", nova).Dimensions, Options("vertex", gemini).Dimensions));
        Assert.Throws<OptionsValidationException>(() => Options("bedrock", nova[1]));
    }

    private static EmbeddingOptions Options(string provider, params (string Setting, string? Value)[] changes)
    {
        var settings = Complete[provider].ToDictionary(pair => $"Embedding:{pair.Setting}", pair => (string?)pair.Value);
        settings["Embedding:Provider"] = provider;
        foreach (var (setting, value) in changes)
        {
            settings[$"Embedding:{setting}"] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection()
            .AddEmbeddings(configuration)
            .BuildServiceProvider()
            .GetRequiredService<IOptions<EmbeddingOptions>>()
            .Value;
    }
}
