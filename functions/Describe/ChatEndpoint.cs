using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Serverless.Embeddings.Hosted;

namespace Serverless.Describe;

/// <summary>The client of an OpenAI-compatible endpoint.</summary>
internal static class ChatEndpoint
{
    public const string OpenAIHost = "api.openai.com";
    private const string EntraScope = "https://ai.azure.com/.default";

    public static bool IsAzure(Uri endpoint) => endpoint.Host.EndsWith(".azure.com", StringComparison.OrdinalIgnoreCase);

    /// <param name="identity">The app's identity, used for an Azure endpoint without a key.</param>
    public static IChatClient Client(DescribeOptions options, Func<TokenCredential> identity)
    {
        var endpoint = new Uri(options.Endpoint);
        var how = new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = options.Timeout,

            // No retries here: the queue message retries, and it outlives this process.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(HostedServices.Http()),
        };
        return Chat(options, endpoint, how, identity).AsIChatClient();
    }

    private static ChatClient Chat(DescribeOptions options, Uri endpoint, OpenAIClientOptions how, Func<TokenCredential> identity)
    {
        if (options.ApiKey is { Length: > 0 } key)
        {
            return new ChatClient(options.Model, new ApiKeyCredential(key), how);
        }

#pragma warning disable OPENAI001 // The only way to pass a token; Microsoft's documentation of Azure OpenAI uses it.
        return IsAzure(endpoint)
            ? new ChatClient(options.Model, new BearerTokenPolicy(identity(), EntraScope), how)
            : new ChatClient(options.Model, new ApiKeyCredential("none"), how);
#pragma warning restore OPENAI001
    }
}
