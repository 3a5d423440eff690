using System.Text.Json;
using Amazon.Runtime;

namespace Serverless.Embeddings.Hosted.Bedrock;

/// <summary>
/// Amazon Nova Multimodal Embeddings through Bedrock. Request and answer as in "Complete embeddings request and response schema",
/// docs.aws.amazon.com/nova.
/// </summary>
internal sealed class NovaProvider(
    EmbeddingOptions options,
    string? apiKey,
    string region,
    Func<CancellationToken, Task<AWSCredentials>> credentials,
    TimeProvider clock
) : BedrockProvider(options, apiKey, region, credentials, clock, Nova)
{
    public static readonly ProviderFacts Nova = new(
        EmbeddingOptions.Bedrock,
        "Amazon Bedrock",
        ["amazon.nova-2-multimodal-embeddings-v1:0"],
        [3072, 1024, 384, 256],
        new ImageBounds(LongSide: 2048, ShortSide: 1),
        new TextBounds(8000, BytesPerToken: 3),
        RequestsPerMinute: 2000,
        new Prices(Images: 0.06m, Texts: 0.0008m)
    );

    public override JsonElement? VectorOf(HostedInput input, JsonElement answer) =>
        answer.TryGetProperty("embeddings", out var embeddings)
        && embeddings is { ValueKind: JsonValueKind.Array }
        && embeddings.GetArrayLength() == 1
            ? base.VectorOf(input, embeddings[0])
            : null;

    public override decimal CostOf(HostedInput input, JsonElement answer) => EstimatedCost(input);

    protected override object Body(HostedInput input) =>
        new
        {
            schemaVersion = "nova-multimodal-embed-v1",
            taskType = "SINGLE_EMBEDDING",
            singleEmbeddingParams = input is ImageInput image
                ? (object)
                    new
                    {
                        embeddingPurpose = "GENERIC_INDEX",
                        embeddingDimension = Dimensions,
                        image = new
                        {
                            detailLevel = "STANDARD_IMAGE",
                            format = "jpeg",
                            source = new { bytes = Convert.ToBase64String(image.Jpeg.Value) },
                        },
                    }
                : new
                {
                    embeddingPurpose = "IMAGE_RETRIEVAL",
                    embeddingDimension = Dimensions,
                    text = new { truncationMode = "END", value = ((TextInput)input).Text },
                },
        };
}
