namespace Serverless.Embeddings;

/// <summary>The provider will never make a vector of this input. The message is a sentence for the person who sent it.</summary>
internal sealed class EmbeddingRefusedException(string message) : Exception(message);
