using System.Numerics.Tensors;

namespace Serverless.Labels;

/// <summary>Tells styles from the vector of a picture by weights that were fitted to pictures of known styles.</summary>
internal static class StyleHead
{
    /// <param name="weights">Of each style, as many as the picture has elements, and an offset.</param>
    public static float[] Certainties(ReadOnlySpan<float> picture, IEnumerable<float[]> weights)
    {
        var sums = new List<float>();
        foreach (var style in weights)
        {
            sums.Add(
                style.Length == picture.Length + 1
                    ? TensorPrimitives.Dot(picture, style.AsSpan(0, picture.Length)) + style[^1]
                    : throw new InvalidOperationException(
                        $"A style of thresholds.json has {style.Length} weights; vectors of {picture.Length} elements take one more."
                    )
            );
        }

        var certainties = sums.ToArray();
        TensorPrimitives.SoftMax(certainties, certainties);
        return certainties;
    }
}
