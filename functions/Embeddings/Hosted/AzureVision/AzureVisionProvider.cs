using System.Net;
using System.Text.Json;
using Azure.Core;

namespace Serverless.Embeddings.Hosted.AzureVision;

/// <summary>
/// Azure AI Vision multimodal embeddings 4.0. Requests and answers as in "Do image retrieval using multimodal embeddings
/// (version 4.0)", limits as in "Multimodal embeddings (version 4.0)", learn.microsoft.com.
/// </summary>
internal sealed class AzureVisionProvider(EmbeddingOptions options, TokenCredential credential)
    : AzureProvider(Known, options, credential, "Azure AI Vision", keyHeader: "Ocp-Apim-Subscription-Key")
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

        await AuthorizeAsync(request, cancellation);
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
            HttpStatusCode.Unauthorized => Unauthorized("the resource's own (custom subdomain)"),
            HttpStatusCode.Forbidden => Forbidden(),
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
}
