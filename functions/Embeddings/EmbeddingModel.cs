namespace Serverless.Embeddings;

/// <summary>Which model made a vector. Vectors of two names, revisions or lengths are never compared.</summary>
/// <param name="Revision">Hash over the files that determine its vectors.</param>
/// <param name="InstanceDimensions">Length of the vector trained to tell copies, null where the model has none.</param>
public sealed record EmbeddingModel(
    string Name,
    string Revision,
    string Provider,
    int Dimensions,
    int? InstanceDimensions,
    ModelThresholds Thresholds
)
{
    /// <summary>Length of the vector that the near-duplicate search uses.</summary>
    public int CopyDimensions => InstanceDimensions ?? Dimensions;
}
