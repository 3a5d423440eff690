using System.Text.Json;
using Amazon.Runtime;
using Azure.Core;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.AI;
using Serverless.Embeddings;
using Serverless.Embeddings.Hosted;
using Serverless.Embeddings.Hosted.AzureVision;
using Serverless.Embeddings.Hosted.Bedrock;
using Serverless.Embeddings.Hosted.Foundry;
using Serverless.Embeddings.Hosted.Vertex;
using Serverless.Imaging;

namespace Functions.Tests.Embeddings.Hosted;

/// <summary>A provider of the product against a local server in the place of the vendor's, without a cache.</summary>
internal sealed class HostedRig : IAsyncDisposable
{
    private readonly HttpClient http = HostedServices.Http();
    private readonly RequestGate gate;

    private HostedRig(ProviderServer server, HostedProvider provider, TimeProvider clock)
    {
        (Server, Provider) = (server, provider);
        gate = new RequestGate(60_000, clock);
        Client = new HostedClient(provider, http, gate, clock, () => 0.5);
        Images = new HostedImageEmbeddings(provider, Client);
        Texts = new HostedTextEmbeddings(provider, Client);
    }

    public ProviderServer Server { get; }

    public HostedProvider Provider { get; }

    public HostedClient Client { get; }

    public HostedImageEmbeddings Images { get; }

    public HostedTextEmbeddings Texts { get; }

    /// <param name="provider">Its name, and after a slash a model that is not its default.</param>
    public static EmbeddingOptions Options(string provider) =>
        new()
        {
            Provider = provider.Split('/')[0],
            Model = provider.Contains('/', StringComparison.Ordinal)
                ? provider[(provider.IndexOf('/', StringComparison.Ordinal) + 1)..]
                : "default",
            RetryTimeout = TimeSpan.FromMinutes(1),
            Region = provider.StartsWith(EmbeddingOptions.Vertex, StringComparison.Ordinal) ? "europe-west4" : BedrockServer.Region,
            Project = "example-project",
        };

    public static async Task<HostedRig> StartAsync(
        string provider,
        Action<EmbeddingOptions>? change = null,
        TimeProvider? clock = null,
        TokenCredential? entra = null
    )
    {
        clock ??= TimeProvider.System;
        var options = Options(provider);
        ProviderServer server = options.Provider switch
        {
            EmbeddingOptions.AzureFoundry => new FoundryServer(clock),
            EmbeddingOptions.AzureVision => new AzureVisionServer(clock),
            EmbeddingOptions.Bedrock => new BedrockServer(clock),
            _ => new VertexServer(clock),
        };
        await server.StartAsync();
        options.Endpoint = server.Address;
        options.ApiKey = (entra, options.Provider) switch
        {
            (null, EmbeddingOptions.AzureVision) => AzureVisionServer.Key,
            (null, EmbeddingOptions.AzureFoundry) => FoundryServer.Key,
            _ => null,
        };
        change?.Invoke(options);
        return new HostedRig(server, Make(server, options, clock, entra), clock);
    }

    public async Task<ImageEmbedding> EmbedAsync(CheckedImage image) => (await Images.GenerateAsync([image]))[0];

    public async Task<Embedding<float>> EmbedAsync(string text) => (await Texts.GenerateAsync([text]))[0];

    /// <summary>The image as the last request carried it.</summary>
    public SentImage LastImage() =>
        new(
            Provider switch
            {
                AzureVisionProvider => Server.Last.Body,
                FoundryProvider => Convert.FromBase64String(Input().GetProperty("image").GetString()!.Split(',')[1]),
                NovaProvider => Asked().GetProperty("image").GetProperty("source").GetProperty("bytes").GetBytesFromBase64(),
                BedrockProvider => Server.Last.Json.GetProperty("inputImage").GetBytesFromBase64(),
                GeminiProvider => Part().GetProperty("inlineData").GetProperty("data").GetBytesFromBase64(),
                _ => Server
                    .Last.Json.GetProperty("instances")[0]
                    .GetProperty("image")
                    .GetProperty("bytesBase64Encoded")
                    .GetBytesFromBase64(),
            }
        );

    public string LastText() =>
        (
            Provider switch
            {
                AzureVisionProvider => Server.Last.Json.GetProperty("text"),
                FoundryProvider => Input(),
                NovaProvider => Asked().GetProperty("text").GetProperty("value"),
                BedrockProvider => Server.Last.Json.GetProperty("inputText"),
                GeminiProvider => Part().GetProperty("text"),
                _ => Server.Last.Json.GetProperty("instances")[0].GetProperty("text"),
            }
        ).GetString()!;

    private JsonElement Input() => Server.Last.Json.GetProperty("input")[0];

    private JsonElement Asked() => Server.Last.Json.GetProperty("singleEmbeddingParams");

    private JsonElement Part() => Server.Last.Json.GetProperty("content").GetProperty("parts")[0];

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        gate.Dispose();
        await Server.DisposeAsync();
    }

    private static HostedProvider Make(ProviderServer server, EmbeddingOptions options, TimeProvider clock, TokenCredential? entra)
    {
        var token = entra ?? new FixedToken("none");
        return server switch
        {
            AzureVisionServer => new AzureVisionProvider(options, token),
            FoundryServer => new FoundryProvider(options, token),
            BedrockServer when options.Model == "default" => new BedrockProvider(options, options.ApiKey, BedrockServer.Region, Aws, clock),
            BedrockServer => new NovaProvider(options, options.ApiKey, BedrockServer.Region, Aws, clock),
            VertexServer vertex when options.Model == "default" => new VertexProvider(options, _ => Google(vertex)),
            VertexServer vertex => new GeminiProvider(options, _ => Google(vertex)),
            _ => throw new ArgumentOutOfRangeException(nameof(server)),
        };
    }

    private static Task<AWSCredentials> Aws(CancellationToken cancellation) =>
        Task.FromResult<AWSCredentials>(
            new SessionAWSCredentials(BedrockServer.AccessKey, BedrockServer.SecretKey, BedrockServer.SessionToken)
        );

    private static Task<ITokenAccess> Google(VertexServer vertex) =>
        Task.FromResult<ITokenAccess>(
            CredentialFactory
                .FromJson<ServiceAccountCredential>(vertex.ServiceAccountKey)
                .ToGoogleCredential()
                .CreateScoped(VertexProvider.Scope)
        );
}

/// <summary>Entra ID, at the seam that Azure.Identity offers.</summary>
internal sealed class FixedToken(string token) : TokenCredential
{
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        return new AccessToken(token, DateTimeOffset.MaxValue);
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
