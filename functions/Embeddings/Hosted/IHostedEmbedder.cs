namespace Serverless.Embeddings.Hosted;

/// <summary>Makes vectors elsewhere. The client pays for each; the cache around it pays for none twice.</summary>
internal interface IHostedEmbedder
{
    /// <param name="isQuery">Somebody waits for the answer.</param>
    /// <exception cref="EmbeddingUnavailableException">Not now.</exception>
    /// <exception cref="EmbeddingRefusedException">Never.</exception>
    Task<HostedVector> EmbedAsync(HostedInput input, bool isQuery, CancellationToken cancellation);
}
