using Microsoft.Extensions.AI;

namespace Serverless.Embeddings;

/// <summary>The cost of one embedding. A model in this process costs nothing and reports nothing.</summary>
/// <param name="Usd">List price of the requests, in US dollars; 0 for a cached vector.</param>
/// <param name="Calls">Number of paid requests.</param>
/// <param name="Notice">What was left out of the input, as a sentence.</param>
internal sealed record EmbeddingReport(decimal Usd, int Calls, string? Notice)
{
    private const string Key = "report";

    public static EmbeddingReport? Of(Embedding embedding) => embedding.AdditionalProperties?.GetValueOrDefault(Key) as EmbeddingReport;

    public TEmbedding On<TEmbedding>(TEmbedding embedding)
        where TEmbedding : Embedding
    {
        (embedding.AdditionalProperties ??= [])[Key] = this;
        return embedding;
    }
}
