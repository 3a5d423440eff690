using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Imaging;
using Serverless.Imaging.Metadata;

namespace Serverless.Images;

/// <summary>The stored features of a decoded image.</summary>
/// <param name="Model">The model that made the vectors.</param>
/// <param name="Embedding">Unit vector in the space shared with text, of <see cref="EmbeddingModel.Dimensions"/> elements.</param>
/// <param name="CopyDescriptor">Unit vector trained for copies if the model has one, else empty.</param>
/// <param name="Turned">Vectors of the turned picture, if turned copies are searched.</param>
/// <param name="Fingerprint">For the comparison by pixels.</param>
/// <param name="Visual">Colours and composition.</param>
/// <param name="Metadata">The file's embedded metadata.</param>
internal sealed record ImageFeatures(
    EmbeddingModel Model,
    ReadOnlyMemory<float> Embedding,
    ReadOnlyMemory<float> CopyDescriptor,
    IReadOnlyList<TurnedVector> Turned,
    Fingerprint Fingerprint,
    VisualFeatures Visual,
    EmbeddedMetadata? Metadata
);
