using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;

namespace Serverless.Embeddings.Hosted.AzureVision;

/// <summary>
/// Azure AI Vision multimodal embeddings 4.0. Requests and answers as in "Do image retrieval using multimodal embeddings
/// (version 4.0)", limits as in "Multimodal embeddings (version 4.0)", learn.microsoft.com.
/// </summary>
internal sealed class AzureVisionProvider(EmbeddingOptions options, TokenCredential credential) : HostedProvider(Known, options)
{
    /// <summary>
    /// The service accepts 11 to 15,999 pixels a side, and 20 MB; larger pictures than these gain nothing.
    /// </summary>
    public static readonly ProviderFacts Known = new(
        EmbeddingOptions.AzureVision,
        "Azure AI Vision",
        ["2023-04-15", "2022-04-11"],
        [1024],
        new ImageBounds(LongSide: 2048, ShortSide: 11),
        new TextBounds(70),
        RequestsPerMinute: 600,
        new Prices(Images: 0.10m, Texts: 0.014m)
    )
    {
        Retires = new(new DateOnly(2028, 9, 25), EmbeddingOptions.AzureFoundry),
    };

    private const string ApiVersion = "2024-02-01";
    private static readonly string[] Scopes = ["https://cognitiveservices.azure.com/.default"];

    public override string Address { get; } = options.Endpoint!.TrimEnd('/');

    public override async Task<HttpRequestMessage> RequestAsync(HostedInput input, CancellationToken cancellation)
    {
        var operation = input is ImageInput ? "vectorizeImage" : "vectorizeText";
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{Address}/computervision/retrieval:{operation}?api-version={ApiVersion}&model-version={ModelName}"
        );
        switch (input)
        {
            case ImageInput image:
                request.Content = new ByteArrayContent(image.Jpeg.Value) { Headers = { ContentType = new(ImageNormaliser.MediaType) } };
                break;
            case TextInput text:
                request.Content = Json(new { text = text.Text });
                break;
        }

        if (string.IsNullOrEmpty(Options.ApiKey))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellation));
        }
        else
        {
            request.Headers.Add("Ocp-Apim-Subscription-Key", Options.ApiKey);
        }

        return request;
    }

    /// <summary>An answer from another model than the requested one is invalid.</summary>
    public override JsonElement? VectorOf(HostedInput input, JsonElement answer) =>
        answer.TryGetProperty("vector", out var vector)
        && answer.TryGetProperty("modelVersion", out var version)
        && version.GetString() == ModelName
            ? vector
            : null;

    public override decimal CostOf(HostedInput input, JsonElement answer) => input is ImageInput ? ImagePrice : TextPrice;

    public override Exception Explain(HostedInput input, ProviderError error) =>
        ExplainCommon(error)
        ?? error.Status switch
        {
            HttpStatusCode.Unauthorized => Lasting(
                string.IsNullOrEmpty(Options.ApiKey)
                    ? $"Azure AI Vision rejects the app's identity (401). The endpoint {Address} must be the resource's "
                        + "own (custom subdomain), in the identity's tenant."
                    : $"Azure AI Vision rejects the key (401). Set Embedding:ApiKey to a key of the resource {Address}."
            ),
            HttpStatusCode.Forbidden => Lasting(
                "Azure AI Vision denies access (403). Give the app's identity the role Cognitive Services User on the resource "
                    + $"{Address}, and allow it in the resource's network rules."
            ),
            HttpStatusCode.NotFound => Lasting(
                $"Azure AI Vision has no multimodal embeddings at {Address} (404). Use a resource in a region that offers them, and "
                    + "its address as Embedding:Endpoint."
            ),
            HttpStatusCode.BadRequest when error.Says("region") => Lasting(
                $"Azure AI Vision does not offer multimodal embeddings in the region of {Address}. Create the resource in "
                    + "a region that does."
            ),
            HttpStatusCode.BadRequest
                when error.Says("content") && (error.Says("policy") || error.Says("filter") || error.Says("responsible")) =>
                RefusedContent(),
            HttpStatusCode.BadRequest
            or HttpStatusCode.UnsupportedMediaType
                when input is ImageInput
                    && error.Code
                        is "InvalidImageFormat"
                            or "InvalidImageSize"
                            or "InvalidImageDimension"
                            or "NotSupportedImage"
                            or "UnsupportedMediaType" => RefusedImage(error.Code),
            _ => Unknown(error),
        };

    private async Task<string> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return (await credential.GetTokenAsync(new TokenRequestContext(Scopes), cancellation)).Token;
        }
        catch (AuthenticationFailedException error)
        {
            throw Lasting(
                "The app has no identity that Entra ID accepts for Azure AI Vision. Give it a managed identity with the role Cognitive "
                    + "Services User, or set Embedding:ApiKey.",
                error
            );
        }
    }
}
