namespace Serverless.Embeddings;

/// <summary>The identity of a model. Vectors of different names, revisions or lengths are never compared.</summary>
/// <param name="Revision">Hash of the files that determine its vectors.</param>
/// <param name="CopyDescriptorDimensions">Length of the vector trained to recognise copies; null if the model has none.</param>
public sealed record EmbeddingModel(
    string Name,
    string Revision,
    string Provider,
    int Dimensions,
    int? CopyDescriptorDimensions,
    ModelThresholds Thresholds
)
{
    /// <summary>Length of the near-duplicate search's vector.</summary>
    public int CopyDimensions => CopyDescriptorDimensions ?? Dimensions;
}
