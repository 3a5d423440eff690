using Microsoft.Extensions.AI;
using Serverless.Embeddings;

namespace Serverless.Api;

/// <summary>List price of one answer's requests to a hosted provider.</summary>
/// <param name="Usd">US dollars; 0 if all vectors were cached.</param>
/// <param name="Calls">Requests billed by the provider.</param>
internal sealed record EmbeddingCost(decimal Usd, int Calls);

/// <summary>Adds up the cost of one answer's embeddings. Empty for a model in this process.</summary>
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
