using System.Net;
using System.Text.Json;
using Azure.Core;

namespace Serverless.Embeddings.Hosted.Foundry;

/// <summary>
/// Cohere Embed 4 in Microsoft Foundry. Requests and answers as in "Get Image Embeddings" and "Get Embeddings" of the Azure AI Model
/// Inference API, learn.microsoft.com; limits as in "Foundry Models sold directly by Azure" and "Cohere Embed v4".
/// </summary>
internal sealed class FoundryProvider(EmbeddingOptions options, TokenCredential credential)
    : AzureProvider(Known, options, credential, "Microsoft Foundry", keyHeader: "api-key")
{
    /// <summary>
    /// The model scales pictures of more than 2,458,624 pixels down to that many, which are 1,568 x 1,568. The deployment has its name.
    /// </summary>
    public static readonly ProviderFacts Known = new(
        EmbeddingOptions.AzureFoundry,
        "Cohere in Microsoft Foundry",
        ["embed-v-4-0"],
        [1536, 1024, 512, 256],
        new ImageBounds(LongSide: 1568, ShortSide: 1),
        new TextBounds(512, BytesPerToken: 3),
        RequestsPerMinute: 600,
        new Prices(Images: 0.10m, Texts: 0.00012m)
    );

    private const string ApiVersion = "2024-05-01-preview";

    public override async Task<HttpRequestMessage> RequestAsync(HostedInput input, CancellationToken cancellation)
    {
        var (route, inputType, given) = input switch
        {
            ImageInput image => (
                "models/images/embeddings",
                "document",
                (object)new { image = $"data:{ImageNormaliser.MediaType};base64,{Convert.ToBase64String(image.Jpeg.Value)}" }
            ),
            _ => ("models/embeddings", "query", ((TextInput)input).Text),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, $"{Address}/{route}?api-version={ApiVersion}")
        {
            Content = Json(
                new
                {
                    model = ModelName,
                    input = new[] { given },
                    input_type = inputType,
                    dimensions = Dimensions,
                    encoding_format = "float",
                }
            ),
        };
        await AuthorizeAsync(request, cancellation);
        return request;
    }

    public override JsonElement? VectorOf(HostedInput input, JsonElement answer) =>
        answer.TryGetProperty("data", out var data)
        && data is { ValueKind: JsonValueKind.Array }
        && data.GetArrayLength() == 1
        && data[0].TryGetProperty("embedding", out var vector)
            ? vector
            : null;

    public override decimal CostOf(HostedInput input, JsonElement answer) =>
        input is ImageInput ? ImagePrice
        : answer.TryGetProperty("usage", out var usage)
        && usage.TryGetProperty("prompt_tokens", out var tokens)
        && tokens.TryGetInt32(out var count)
            ? count * TextPrice
        : 0;

    public override Exception Explain(HostedInput input, ProviderError error) =>
        ExplainCommon(error)
        ?? error.Status switch
        {
            HttpStatusCode.Unauthorized => Unauthorized("the resource's own"),
            HttpStatusCode.Forbidden => Forbidden(),
            HttpStatusCode.NotFound => Lasting(NoDeployment("404")),
            HttpStatusCode.BadRequest when error.Code is "unknown_model" or "DeploymentNotFound" => Lasting(NoDeployment(error.Code)),
            HttpStatusCode.BadRequest
                when error.Code == "content_filter" || error.Says("content management policy") || error.Says("responsible ai") =>
                RefusedContent(),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when input is ImageInput && error.Says("image") => RefusedImage(
                error.Code
            ),
            _ => Unknown(error),
        };

    private string NoDeployment(string code) =>
        $"The Foundry resource {Address} has no deployment '{ModelName}' ({code}). Deploy Cohere Embed 4 there under that name.";
}
