namespace Serverless.Embeddings;

/// <summary>No vector is available now; the input is not at fault. The message is for the operator of the app.</summary>
/// <param name="mayPass">True if waiting is enough; false if somebody must act first.</param>
/// <param name="retryAfter">The provider's Retry-After.</param>
internal sealed class EmbeddingUnavailableException(string message, bool mayPass, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public bool MayPass { get; } = mayPass;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
