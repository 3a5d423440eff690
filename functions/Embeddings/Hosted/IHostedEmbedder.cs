namespace Serverless.Embeddings.Hosted;

/// <summary>Gets vectors from a hosted provider. The client pays for each; the cache around it pays for none twice.</summary>
internal interface IHostedEmbedder
{
    /// <param name="isQuery">The request is interactive.</param>
    /// <exception cref="EmbeddingUnavailableException">Not available now.</exception>
    /// <exception cref="EmbeddingRefusedException">The input is refused for good.</exception>
    Task<HostedVector> EmbedAsync(HostedInput input, bool isQuery, CancellationToken cancellation);
}
