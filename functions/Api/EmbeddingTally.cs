using Microsoft.Extensions.AI;
using Serverless.Embeddings;

namespace Serverless.Api;

/// <summary>List price of the requests to a hosted provider that one answer took.</summary>
/// <param name="Usd">US dollars; 0 where every vector was known already.</param>
/// <param name="Calls">Requests that are counted by the provider.</param>
internal sealed record EmbeddingCost(decimal Usd, int Calls);

/// <summary>Adds up what the embeddings of one answer took. Empty where a model in this process makes them.</summary>
internal sealed class EmbeddingTally
{
    private readonly List<string> notices = [];

    public EmbeddingCost? Cost { get; private set; }

    public IReadOnlyList<string>? Notices => notices.Count > 0 ? notices : null;

    public TEmbedding Add<TEmbedding>(TEmbedding embedding)
        where TEmbedding : Embedding
    {
        if (EmbeddingReport.Of(embedding) is { } report)
        {
            Cost = new EmbeddingCost((Cost?.Usd ?? 0) + report.Usd, (Cost?.Calls ?? 0) + report.Calls);
            if (report.Notice is { } notice)
            {
                notices.Add(notice);
            }
        }

        return embedding;
    }
}
