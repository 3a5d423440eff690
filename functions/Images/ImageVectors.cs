using Serverless.Embeddings;
using Serverless.Imaging;

namespace Serverless.Images;

/// <summary>What the near-duplicate search and the searches by words and picture need of one image.</summary>
/// <param name="Model">What made the vectors.</param>
/// <param name="Embedding">Unit vector in the space shared with text, of <see cref="EmbeddingModel.Dimensions"/> elements.</param>
/// <param name="Instance">Unit vector trained for copies, where the model has one; else empty.</param>
/// <param name="Turned">Vectors of the picture turned, where turned copies are looked for.</param>
internal sealed record ImageVectors(
    EmbeddingModel Model,
    ReadOnlyMemory<float> Embedding,
    ReadOnlyMemory<float> Instance,
    IReadOnlyList<TurnedVector> Turned,
    Fingerprint Fingerprint
);
