using System.Text.Json;
using Google.Apis.Auth.OAuth2;

namespace Serverless.Embeddings.Hosted.Vertex;

/// <summary>
/// Gemini Embedding 2 through Vertex AI. Request and answer as in "embedContent", limits as in "Gemini Embedding 2",
/// docs.cloud.google.com. A query is marked by words before it, as that page asks for.
/// </summary>
/// <param name="credential">Application Default Credentials, looked up on first use.</param>
internal sealed class GeminiProvider(EmbeddingOptions options, Func<CancellationToken, Task<ITokenAccess>> credential)
    : VertexProvider(options, credential, Gemini)
{
    public static readonly ProviderFacts Gemini = new(
        EmbeddingOptions.Vertex,
        "Google Vertex AI",
        ["gemini-embedding-2"],
        [3072, 1536, 768, 512, 256, 128],
        new ImageBounds(LongSide: 2048, ShortSide: 1),
        new TextBounds(8000, BytesPerToken: 3),
        RequestsPerMinute: 120,
        new Prices(Images: 0.10m, Texts: 0.0002m)
    );

    protected override string Operation => "embedContent";

    public override JsonElement? VectorOf(HostedInput input, JsonElement answer) =>
        answer.TryGetProperty("embedding", out var embedding) && embedding.TryGetProperty("values", out var vector) ? vector : null;

    public override decimal CostOf(HostedInput input, JsonElement answer) => EstimatedCost(input);

    protected override object Body(HostedInput input)
    {
        object part = input is ImageInput image
            ? new { inlineData = new { mimeType = ImageNormaliser.MediaType, data = Convert.ToBase64String(image.Jpeg.Value) } }
            : new { text = $"task: search result | query: {((TextInput)input).Text}" };
        return new { content = new { parts = new[] { part } }, outputDimensionality = Dimensions };
    }
}
