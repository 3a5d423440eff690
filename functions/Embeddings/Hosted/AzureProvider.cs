using System.Net.Http.Headers;
using Azure.Core;
using Azure.Identity;

namespace Serverless.Embeddings.Hosted;

/// <summary>A service of an Azure AI resource, which takes a key of that resource or an identity of Entra ID.</summary>
/// <param name="service">Its name in sentences.</param>
/// <param name="keyHeader">The header for a key.</param>
internal abstract class AzureProvider(
    ProviderFacts facts,
    EmbeddingOptions options,
    TokenCredential credential,
    string service,
    string keyHeader
) : HostedProvider(facts, options)
{
    private static readonly string[] Scopes = ["https://cognitiveservices.azure.com/.default"];

    public override string Address { get; } = options.Endpoint!.TrimEnd('/');

    protected bool HasKey => !string.IsNullOrEmpty(Options.ApiKey);

    protected async Task AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (HasKey)
        {
            request.Headers.Add(keyHeader, Options.ApiKey);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellation));
        }
    }

    protected Exception Unauthorized(string endpointHint) =>
        Lasting(
            HasKey
                ? $"{service} rejects the key (401). Set Embedding:ApiKey to a key of the resource {Address}."
                : $"{service} rejects the app's identity (401). The endpoint {Address} must be {endpointHint}, in the identity's tenant."
        );

    protected Exception Forbidden() =>
        Lasting(
            $"{service} denies access (403). Give the app's identity the role Cognitive Services User on the resource "
                + $"{Address}, and allow it in the resource's network rules."
        );

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellation)).Token;
        }
        catch (AuthenticationFailedException error)
        {
            throw Lasting(
                $"The app has no identity that Entra ID accepts for {service}. Give it a managed identity with the role Cognitive "
                    + "Services User, or set Embedding:ApiKey.",
                error
            );
        }
    }
}
