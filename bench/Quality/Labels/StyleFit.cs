using System.Numerics.Tensors;
using Serverless.Labels;

namespace Bench.Quality.Labels;

/// <summary>Multinomial logistic regression of styles on picture vectors; each style counts as much as any other.</summary>
internal static class StyleFit
{
    private const int Rounds = 400;
    private const float Rate = 4f;
    private const float Decay = 2e-4f;

    public static Dictionary<string, float[]> Of(IReadOnlyList<(string Style, float[] Vector)> pictures)
    {
        var sizes = pictures.CountBy(picture => picture.Style).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var places = sizes.Index().ToDictionary(item => item.Item.Key, item => item.Index);
        var length = pictures[0].Vector.Length;
        var weights = sizes.ConvertAll(_ => new float[length + 1]);
        for (var round = 0; round < Rounds; round++)
        {
            var steps = sizes.ConvertAll(_ => new float[length + 1]);
            foreach (var (style, vector) in pictures)
            {
                var certainties = StyleHead.Certainties(vector, weights);
                var share = 1f / (sizes.Count * sizes[places[style]].Value);
                for (var place = 0; place < weights.Count; place++)
                {
                    var error = share * ((place == places[style] ? 1 : 0) - certainties[place]);
                    TensorPrimitives.MultiplyAdd(vector, error, steps[place].AsSpan(0, length), steps[place].AsSpan(0, length));
                    steps[place][length] += error;
                }
            }

            for (var place = 0; place < weights.Count; place++)
            {
                TensorPrimitives.Multiply(weights[place], 1 - (Rate * Decay), weights[place]);
                TensorPrimitives.MultiplyAdd(steps[place], Rate * weights.Count, weights[place], weights[place]);
            }
        }

        return sizes
            .Index()
            .ToDictionary(item => item.Item.Key, item => weights[item.Index].Select(weight => MathF.Round(weight, 3)).ToArray());
    }
}
