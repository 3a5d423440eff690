using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;

namespace Serverless.Images;

/// <summary>The stored features of a decoded image.</summary>
/// <param name="Model">The model that made the vectors.</param>
/// <param name="Embedding">Unit vector in the space shared with text, of <see cref="EmbeddingModel.Dimensions"/> elements.</param>
/// <param name="Instance">Unit vector trained for copies, where the model has one; else empty.</param>
/// <param name="Turned">Vectors of the picture turned, where turned copies are looked for.</param>
/// <param name="Fingerprint">What confirms by pixels.</param>
/// <param name="Visual">Colours and composition.</param>
/// <param name="Metadata">What the file says about its picture.</param>
internal sealed record ImageFeatures(
    EmbeddingModel Model,
    ReadOnlyMemory<float> Embedding,
    ReadOnlyMemory<float> Instance,
    IReadOnlyList<TurnedVector> Turned,
    Fingerprint Fingerprint,
    VisualFeatures Visual,
    EmbeddedMetadata? Metadata
);
