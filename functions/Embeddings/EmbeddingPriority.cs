using Microsoft.Extensions.AI;

namespace Serverless.Embeddings;

/// <summary>The priority of queued requests: interactive ones go before uploads and backfills.</summary>
internal static class EmbeddingPriority
{
    private const string Key = "isQuery";

    /// <summary>For interactive requests. Without it an image is background work.</summary>
    public static EmbeddingGenerationOptions Query { get; } = new() { AdditionalProperties = new() { [Key] = true } };

    public static bool IsQuery(EmbeddingGenerationOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Key) is true;
}
