using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;

namespace Serverless.Embeddings.Hosted.Vertex;

/// <summary>
/// Google Vertex AI multimodalembedding@001. Request and answer as in "Multimodal embeddings API", limits as in "Get
/// multimodal embeddings", cloud.google.com/vertex-ai/generative-ai/docs.
/// </summary>
/// <param name="credential">Application Default Credentials, looked up on first use.</param>
/// <param name="facts">Of another model in Vertex AI.</param>
internal class VertexProvider(EmbeddingOptions options, Func<CancellationToken, Task<ITokenAccess>> credential, ProviderFacts? facts = null)
    : HostedProvider(facts ?? Known, options)
{
    public const string Scope = "https://www.googleapis.com/auth/cloud-platform";

    /// <summary>The model itself scales every picture to 512 x 512. The quota is 120 to 600 requests a minute, by region.</summary>
    public static readonly ProviderFacts Known = new(
        EmbeddingOptions.Vertex,
        "Google Vertex AI",
        ["multimodalembedding@001"],
        [1408, 512, 256, 128],
        new ImageBounds(LongSide: 512, ShortSide: 1),
        new TextBounds(32),
        RequestsPerMinute: 120,
        new Prices(Images: 0.10m, Texts: 0.0002m)
    );

    // It caches its access token until that expires.
    private ITokenAccess? access;

    /// <summary>The region <c>global</c> has no host of its own.</summary>
    public override string Address { get; } =
        (
            options.Endpoint
            ?? (options.Region == "global" ? "https://aiplatform.googleapis.com" : $"https://{options.Region}-aiplatform.googleapis.com")
        ).TrimEnd('/');

    /// <summary>The operation on the model.</summary>
    protected virtual string Operation => "predict";

    public override async Task<HttpRequestMessage> RequestAsync(HostedInput input, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{Address}/v1/projects/{Options.Project}/locations/{Options.Region}/publishers/google/models/{ModelName}:{Operation}"
        )
        {
            Content = Json(Body(input)),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellation));
        return request;
    }

    public override JsonElement? VectorOf(HostedInput input, JsonElement answer) =>
        answer.TryGetProperty("predictions", out var predictions)
        && predictions is { ValueKind: JsonValueKind.Array }
        && predictions.GetArrayLength() == 1
        && predictions[0].TryGetProperty(input is ImageInput ? "imageEmbedding" : "textEmbedding", out var vector)
            ? vector
            : null;

    public override decimal CostOf(HostedInput input, JsonElement answer) =>
        input is TextInput text ? text.Text.Length * TextPrice : ImagePrice;

    public override Exception Explain(HostedInput input, ProviderError error) =>
        ExplainCommon(error)
        ?? error.Status switch
        {
            HttpStatusCode.Unauthorized => Lasting(
                "Google rejects the app's credentials (401). Renew the Application Default Credentials (gcloud auth "
                    + "application-default login, or the service account's key)."
            ),
            HttpStatusCode.Forbidden when error.Says("SERVICE_DISABLED") || error.Says("has not been used") => Lasting(
                $"The Vertex AI API is not enabled in the project '{Options.Project}' (403). Enable aiplatform.googleapis.com there."
            ),
            HttpStatusCode.Forbidden when error.Says("billing") => Lasting(
                $"The project '{Options.Project}' has no billing account (403). Link one."
            ),
            HttpStatusCode.Forbidden => Lasting(
                $"The app may not use Vertex AI in the project '{Options.Project}' (403). Give its account the role Vertex AI User "
                    + "(roles/aiplatform.user)."
            ),
            HttpStatusCode.NotFound => Lasting(
                $"Vertex AI in {Options.Region} has no model '{ModelName}' for the project '{Options.Project}' (404). Set "
                    + "Embedding:Region to a region that offers it."
            ),
            HttpStatusCode.BadRequest when error.Code == "FAILED_PRECONDITION" => Lasting(
                $"Vertex AI cannot serve the project '{Options.Project}' in {Options.Region} (FAILED_PRECONDITION). "
                    + "Check region and billing."
            ),
            HttpStatusCode.BadRequest
                when error.Says("responsible ai") || error.Says("safety") || error.Says("policy") || error.Says("violat") =>
                RefusedContent(),
            HttpStatusCode.BadRequest when input is ImageInput && error.Code == "INVALID_ARGUMENT" && error.Says("image") => RefusedImage(
                error.Code
            ),
            _ => Unknown(error),
        };

    protected virtual object Body(HostedInput input)
    {
        object instance = input is ImageInput image
            ? new { image = new { bytesBase64Encoded = Convert.ToBase64String(image.Jpeg.Value), mimeType = ImageNormaliser.MediaType } }
            : new { text = ((TextInput)input).Text };
        return new { instances = new[] { instance }, parameters = new { dimension = Dimensions } };
    }

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            access ??= await credential(cancellation);
            return await access.GetAccessTokenForRequestAsync(cancellationToken: cancellation);
        }
        catch (TokenResponseException error) when (error.StatusCode >= HttpStatusCode.InternalServerError)
        {
            throw new EmbeddingUnavailableException(
                "Google's token service is not available at the moment. The request is retried automatically.",
                mayPass: true,
                inner: error
            );
        }
        catch (Exception error) when (error is TokenResponseException or InvalidOperationException)
        {
            throw Lasting(
                "The app finds no valid Google credentials. Run it as a service account, or set "
                    + "GOOGLE_APPLICATION_CREDENTIALS to the file of one with the role Vertex AI User.",
                error
            );
        }
    }
}
