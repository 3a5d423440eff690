using Microsoft.Extensions.AI;

namespace Serverless.Embeddings;

/// <summary>The vectors of one image, each of length one.</summary>
public sealed class ImageEmbedding(ReadOnlyMemory<float> vector, ReadOnlyMemory<float>? copyDescriptor) : Embedding
{
    /// <summary>In the space shared with text.</summary>
    public ReadOnlyMemory<float> Vector { get; } = vector;

    /// <summary>In the space trained to recognise copies, if the model has one.</summary>
    public ReadOnlyMemory<float>? CopyDescriptor { get; } = copyDescriptor;

    public override int Dimensions => Vector.Length;
}
