namespace Serverless.Embeddings;

/// <summary>No vector now; the input is not at fault. The message is a sentence for the person who runs the app.</summary>
/// <param name="mayPass">True where waiting is enough; false where somebody must act first.</param>
/// <param name="retryAfter">How long the provider asked to be left alone.</param>
internal sealed class EmbeddingUnavailableException(string message, bool mayPass, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public bool MayPass { get; } = mayPass;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
