using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Amazon.Runtime;

namespace Serverless.Embeddings.Hosted.Bedrock;

/// <summary>
/// Amazon Titan Multimodal Embeddings G1 through Bedrock. Request and answer as in "Amazon Titan Multimodal Embeddings G1"
/// (inference parameters), limits as in "Amazon Titan Multimodal Embeddings G1 model", errors as in "Troubleshooting Amazon
/// Bedrock API Error Codes" and "InvokeModel", docs.aws.amazon.com.
/// </summary>
/// <param name="credentials">AWSSDK.Core's standard chain, used only without a Bedrock API key.</param>
/// <param name="facts">Of another model in Bedrock.</param>
internal class BedrockProvider(
    EmbeddingOptions options,
    string? apiKey,
    string region,
    Func<CancellationToken, Task<AWSCredentials>> credentials,
    TimeProvider clock,
    ProviderFacts? facts = null
) : HostedProvider(facts ?? Known, options)
{
    public static readonly ProviderFacts Known = new(
        EmbeddingOptions.Bedrock,
        "Amazon Bedrock",
        ["amazon.titan-embed-image-v1"],
        [1024, 384, 256],
        new ImageBounds(LongSide: 2048, ShortSide: 1),
        new TextBounds(256, BytesPerToken: 3),
        RequestsPerMinute: 2000,
        new Prices(Images: 0.06m, Texts: 0.0008m)
    );

    // It renews temporary keys by itself.
    private AWSCredentials? found;

    public override string Address { get; } = (options.Endpoint ?? $"https://bedrock-runtime.{region}.amazonaws.com").TrimEnd('/');

    public override async Task<HttpRequestMessage> RequestAsync(HostedInput input, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Body(input));
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/model/{Uri.EscapeDataString(ModelName)}/invoke")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (apiKey is null)
        {
            var signedFor = new SignatureScope(clock.GetUtcNow(), region, "bedrock");
            SignatureV4.Sign(request, body, await CredentialsAsync(cancellation), signedFor);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        }

        return request;
    }

    public override JsonElement? VectorOf(HostedInput input, JsonElement answer) =>
        answer.TryGetProperty("embedding", out var vector) ? vector : null;

    public override decimal CostOf(HostedInput input, JsonElement answer) =>
        input is ImageInput ? ImagePrice
        : answer.TryGetProperty("inputTextTokenCount", out var tokens) && tokens.TryGetInt32(out var count) ? count * TextPrice
        : 0;

    public override Exception Explain(HostedInput input, ProviderError error) =>
        error.Code switch
        {
            "ThrottlingException" or "ServiceQuotaExceededException" => Passing(
                "Amazon Bedrock is throttling requests (ThrottlingException). Raise the model's quota in Service Quotas, or "
                    + "set Embedding:RequestsPerMinute to the current quota.",
                error
            ),
            "ModelNotReadyException"
            or "ModelTimeoutException"
            or "ModelErrorException"
            or "ServiceUnavailableException"
            or "InternalServerException" => Passing(
                $"Amazon Bedrock's model is not available at the moment ({error.Code}). The request is retried automatically.",
                error
            ),
            "AccessDeniedException" when error.Says("model") && !error.Says("not authorized to perform") => Lasting(
                $"The AWS account has no access to '{ModelName}' in {region} (AccessDeniedException). Request it on the page Model "
                    + "access of the Bedrock console."
            ),
            "AccessDeniedException" => Lasting(
                "The app may not call Bedrock (AccessDeniedException). Allow its role the action bedrock:InvokeModel on the model "
                    + $"'{ModelName}'."
            ),
            "UnrecognizedClientException"
            or "InvalidSignatureException"
            or "IncompleteSignatureException"
            or "MissingAuthenticationTokenException"
            or "ExpiredTokenException"
            or "InvalidClientTokenId" => Lasting(
                $"AWS rejects the app's credentials ({error.Code}). Renew them, check the machine's clock, or set "
                    + "Embedding:ApiKey to a Bedrock API key."
            ),
            "ResourceNotFoundException" => Lasting(NoModel()),
            "ValidationException" when error.Says("model identifier") || error.Says("on-demand throughput") => Lasting(NoModel()),
            "ValidationException" when error.Says("content filter") || error.Says("AUP") || error.Says("Responsible AI") =>
                RefusedContent(),
            "ValidationException" when input is ImageInput && error.Says("image") => RefusedImage(error.Code),
            "ValidationException" when input is TextInput && error.Says("token") => new EmbeddingRefusedException(
                $"The text exceeds the {Facts.Text.Most} tokens that Amazon Bedrock's model reads. Shorten it."
            ),
            _ => ExplainCommon(error) ?? Unknown(error),
        };

    protected virtual object Body(HostedInput input)
    {
        var embeddingConfig = new { outputEmbeddingLength = Dimensions };
        return input is ImageInput image
            ? new { inputImage = Convert.ToBase64String(image.Jpeg.Value), embeddingConfig }
            : new { inputText = ((TextInput)input).Text, embeddingConfig };
    }

    private string NoModel() => $"Bedrock in {region} has no model '{ModelName}'. Set Embedding:Region to a region that offers it.";

    private async Task<ImmutableCredentials> CredentialsAsync(CancellationToken cancellation)
    {
        try
        {
            found ??= await credentials(cancellation);
            return await found.GetCredentialsAsync();
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException)
        {
            throw Lasting(
                "The app finds no AWS credentials. Give it a role or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or set "
                    + "Embedding:ApiKey to a Bedrock API key.",
                error
            );
        }
    }
}
