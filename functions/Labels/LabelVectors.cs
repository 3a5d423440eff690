using System.Numerics.Tensors;
using Microsoft.Extensions.AI;

namespace Serverless.Labels;

/// <summary>The vectors of the labels of one kind: of each, the mean of its prompts, as is usual with CLIP.</summary>
internal sealed record LabelVectors(IReadOnlyList<Label> Labels, IReadOnlyList<float[]> Vectors)
{
    private const int Batch = 64;

    public static async Task<LabelVectors> OfAsync(
        IReadOnlyList<Label> labels,
        IEmbeddingGenerator<string, Embedding<float>> texts,
        CancellationToken cancellation
    )
    {
        var prompts = labels.SelectMany(label => label.Prompts).ToList();
        var vectors = new List<ReadOnlyMemory<float>>(prompts.Count);
        foreach (var some in prompts.Chunk(Batch))
        {
            vectors.AddRange((await texts.GenerateAsync(some, cancellationToken: cancellation)).Select(vector => vector.Vector));
        }

        var (means, next) = (new List<float[]>(labels.Count), 0);
        foreach (var label in labels)
        {
            means.Add(Mean(vectors.GetRange(next, label.Prompts.Count)));
            next += label.Prompts.Count;
        }

        return new LabelVectors(labels, means);
    }

    /// <summary>The certainty of each label: softmax of the cosines with a picture.</summary>
    /// <param name="scale">What the model multiplies cosines by, or what was calibrated in its place.</param>
    public float[] Certainties(ReadOnlySpan<float> picture, double scale)
    {
        var scores = new float[Vectors.Count];
        for (var label = 0; label < scores.Length; label++)
        {
            scores[label] = (float)scale * TensorPrimitives.Dot(picture, Vectors[label]);
        }

        TensorPrimitives.SoftMax(scores, scores);
        return scores;
    }

    private static float[] Mean(List<ReadOnlyMemory<float>> vectors)
    {
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(sum, vector.Span, sum);
        }

        TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return sum;
    }
}
