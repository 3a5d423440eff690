using Amazon.Runtime;
using Azure.Core;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.AI;
using Serverless.Embeddings;
using Serverless.Embeddings.Hosted;
using Serverless.Embeddings.Hosted.AzureVision;
using Serverless.Embeddings.Hosted.Bedrock;
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

    public static EmbeddingOptions Options(string provider) =>
        new()
        {
            Provider = provider,
            RetryTimeout = TimeSpan.FromMinutes(1),
            Region = provider == EmbeddingOptions.Vertex ? "europe-west4" : BedrockServer.Region,
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
        ProviderServer server = provider switch
        {
            EmbeddingOptions.AzureVision => new AzureVisionServer(clock),
            EmbeddingOptions.Bedrock => new BedrockServer(clock),
            _ => new VertexServer(clock),
        };
        await server.StartAsync();
        var options = Options(provider);
        options.Endpoint = server.Address;
        options.ApiKey = provider == EmbeddingOptions.AzureVision && entra is null ? AzureVisionServer.Key : null;
        change?.Invoke(options);
        return new HostedRig(server, Make(server, options, clock, entra), clock);
    }

    public async Task<ImageEmbedding> EmbedAsync(CheckedImage image) => (await Images.GenerateAsync([image]))[0];

    public async Task<Embedding<float>> EmbedAsync(string text) => (await Texts.GenerateAsync([text]))[0];

    /// <summary>The image as the last request carried it.</summary>
    public SentImage LastImage() =>
        new(
            Server switch
            {
                AzureVisionServer => Server.Last.Body,
                BedrockServer => Server.Last.Json.GetProperty("inputImage").GetBytesFromBase64(),
                _ => Server
                    .Last.Json.GetProperty("instances")[0]
                    .GetProperty("image")
                    .GetProperty("bytesBase64Encoded")
                    .GetBytesFromBase64(),
            }
        );

    public string LastText() =>
        (
            Server switch
            {
                AzureVisionServer => Server.Last.Json.GetProperty("text"),
                BedrockServer => Server.Last.Json.GetProperty("inputText"),
                _ => Server.Last.Json.GetProperty("instances")[0].GetProperty("text"),
            }
        ).GetString()!;

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        gate.Dispose();
        await Server.DisposeAsync();
    }

    private static HostedProvider Make(ProviderServer server, EmbeddingOptions options, TimeProvider clock, TokenCredential? entra) =>
        server switch
        {
            AzureVisionServer => new AzureVisionProvider(options, entra ?? new FixedToken("none")),
            BedrockServer => new BedrockProvider(
                options,
                options.ApiKey,
                BedrockServer.Region,
                _ =>
                    Task.FromResult<AWSCredentials>(
                        new SessionAWSCredentials(BedrockServer.AccessKey, BedrockServer.SecretKey, BedrockServer.SessionToken)
                    ),
                clock
            ),
            VertexServer vertex => new VertexProvider(
                options,
                _ =>
                    Task.FromResult<ITokenAccess>(
                        CredentialFactory
                            .FromJson<ServiceAccountCredential>(vertex.ServiceAccountKey)
                            .ToGoogleCredential()
                            .CreateScoped(VertexProvider.Scope)
                    )
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(server)),
        };
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
