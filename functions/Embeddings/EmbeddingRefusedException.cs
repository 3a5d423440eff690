namespace Serverless.Embeddings;

/// <summary>The provider will never embed this input. The message is for the person who sent it.</summary>
internal sealed class EmbeddingRefusedException(string message) : Exception(message);
