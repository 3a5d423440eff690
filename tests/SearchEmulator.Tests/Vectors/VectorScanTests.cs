using SearchEmulator.Definitions;
using SearchEmulator.Vectors;
using Xunit;

namespace SearchEmulator.Tests.Vectors;

/// <summary>The fast scan against the slow obvious one.</summary>
public sealed class VectorScanTests
{
    [Theory]
    [InlineData("Cosine", 3, 200)]
    [InlineData("Cosine", 128, 3000)]
    [InlineData("Cosine", 1408, 2000)]
    [InlineData("DotProduct", 128, 3000)]
    [InlineData("Euclidean", 67, 3000)]
    public void Finds_what_the_naive_scan_finds(string metricName, int dimensions, int rows)
    {
        var metric = Enum.Parse<VectorMetric>(metricName);
        var random = new Random(dimensions);
        var vectors = Enumerable.Range(0, rows).Select(_ => Random(random, dimensions)).ToArray();
        var column = new VectorColumn(dimensions);
        for (var row = 0; row < rows; row++)
        {
            column.Write(row, vectors[row]);
        }

        foreach (var gap in Enumerable.Range(0, rows).Where(row => row % 11 == 0))
        {
            column.Clear(gap);
        }

        var query = Random(random, dimensions);
        foreach (var (every, k) in new[] { (1, 1), (1, 10), (2, 50), (7, 10), (50, 100), (1, rows) })
        {
            var found = VectorScan.Nearest(column, query, metric, k, slot => slot % every == 0);
            var expected = Enumerable
                .Range(0, rows)
                .Where(row => row % 11 != 0 && row % every == 0)
                .Select(row => (Row: row, Similarity: Naive(vectors[row], query, metric)))
                .OrderByDescending(each => each.Similarity)
                .Take(k)
                .ToList();
            Assert.Equal(expected.Count, found.Count);
            // Rows whose similarities differ by less than the rounding may come in either order.
            Assert.All(
                found.Zip(expected),
                pair => Assert.Equal(pair.Second.Similarity, pair.First.Similarity, 2e-5 * Math.Max(1, Math.Abs(pair.Second.Similarity)))
            );
            Assert.Equal(found.Count, found.Select(each => each.Slot).Distinct().Count());
            Assert.All(
                found,
                each =>
                    Assert.Equal(Naive(vectors[each.Slot], query, metric), each.Similarity, 2e-5 * Math.Max(1, Math.Abs(each.Similarity)))
            );
        }
    }

    [Fact]
    public void Equal_vectors_come_in_the_order_of_the_index()
    {
        var column = new VectorColumn(4);
        for (var row = 0; row < 300; row++)
        {
            column.Write(row, [1, 2, 3, 4]);
        }

        var found = VectorScan.Nearest(column, [4f, 3f, 2f, 1f], VectorMetric.Cosine, 5, slot => slot != 2);
        Assert.Equal([0, 1, 3, 4, 5], found.Select(each => each.Slot));
    }

    [Fact]
    public void The_zero_vector_is_like_nothing()
    {
        var column = new VectorColumn(2);
        column.Write(0, [0, 0]);
        Assert.Equal(0f, Assert.Single(VectorScan.Nearest(column, [1f, 0f], VectorMetric.Cosine, 1, _ => true)).Similarity);
    }

    [Theory]
    [InlineData(1f, 1f)]
    [InlineData(0.95f, 0.952381f)]
    [InlineData(0.9f, 0.909091f)]
    [InlineData(0.8f, 0.833333f)]
    [InlineData(-1f, 0.333333f)]
    public void A_cosine_becomes_the_documented_score(float cosine, float score) =>
        Assert.Equal(score, VectorScore.Of(VectorMetric.Cosine, cosine), 1e-6f);

    private static double Naive(float[] left, float[] right, VectorMetric metric)
    {
        double dot = 0,
            leftSquare = 0,
            rightSquare = 0,
            distance = 0;
        for (var i = 0; i < left.Length; i++)
        {
            dot += (double)left[i] * right[i];
            leftSquare += (double)left[i] * left[i];
            rightSquare += (double)right[i] * right[i];
            distance += Math.Pow((double)left[i] - right[i], 2);
        }

        return metric switch
        {
            VectorMetric.Cosine => dot / Math.Sqrt(leftSquare * rightSquare),
            VectorMetric.DotProduct => dot,
            _ => -Math.Sqrt(distance),
        };
    }

    private static float[] Random(Random random, int dimensions)
    {
        var vector = new float[dimensions];
        for (var i = 0; i < dimensions; i++)
        {
            vector[i] = (float)(random.NextDouble() - 0.5);
        }

        return vector;
    }
}
