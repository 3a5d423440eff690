using Microsoft.Extensions.AI;

namespace Serverless.Embeddings;

/// <summary>Who goes first where requests must queue: somebody who waits for an answer, before uploads and backfill.</summary>
internal static class EmbeddingPriority
{
    private const string Key = "isQuery";

    /// <summary>Passed by whoever answers a request. Without it an image is background work.</summary>
    public static EmbeddingGenerationOptions Query { get; } = new() { AdditionalProperties = new() { [Key] = true } };

    public static bool IsQuery(EmbeddingGenerationOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Key) is true;
}
