using System.Numerics;
using System.Numerics.Tensors;
using SearchEmulator.Definitions;

namespace SearchEmulator.Vectors;

/// <summary>Exact nearest neighbours by reading every vector once.</summary>
internal static class VectorScan
{
    /// <summary>Below this many floats a second thread costs more than it brings.</summary>
    private const long ParallelFrom = 1 << 20;
    private const int SampleRows = 64;

    /// <param name="accepts">Whether a row takes part.</param>
    /// <param name="rows">The only ones that can; null for all.</param>
    public static List<Neighbour> Nearest(
        VectorColumn column,
        ReadOnlySpan<float> query,
        VectorMetric metric,
        int k,
        Func<int, bool> accepts,
        IReadOnlyList<int>? rows = null
    )
    {
        if (k == 0 || column.Count == 0)
        {
            return [];
        }

        var probe = query.ToArray();
        if (metric == VectorMetric.Cosine)
        {
            var length = TensorPrimitives.Norm<float>(probe);
            TensorPrimitives.Multiply(probe, length > 0 ? 1f / length : 0f, probe);
        }

        if (rows is not null)
        {
            return NearestOf(column, rows.Where(accepts), probe, metric, k);
        }

        var blocks = column.BlockCount;
        var workers = (long)column.Count * column.Length < ParallelFrom ? 1 : Math.Min(Environment.ProcessorCount, blocks);
        var heaps = new NearestHeap[workers];
        var next = -1;

        void Work(int worker)
        {
            var heap = heaps[worker] = new NearestHeap(k);
            for (var block = Interlocked.Increment(ref next); block < blocks; block = Interlocked.Increment(ref next))
            {
                ScanBlock(column, block, probe, metric, heap, accepts);
            }
        }

        if (workers == 1)
        {
            Work(0);
        }
        else
        {
            Parallel.For(0, workers, Work);
        }

        var nearest = heaps.SelectMany(heap => heap.Items).ToList();
        nearest.Sort();
        return nearest.Count > k ? nearest[..k] : nearest;
    }

    private static void ScanBlock(
        VectorColumn column,
        int block,
        float[] probe,
        VectorMetric metric,
        NearestHeap heap,
        Func<int, bool> accepts
    )
    {
        var vectors = column.Block(block);
        var inverse = column.InverseLengths(block);
        var length = column.Length;
        var first = block * column.RowsPerBlock;
        var floor = heap.Floor;
        var accepted = 0;
        for (var row = 0; row < inverse.Length; row++)
        {
            // Whom to ask first, the filter or the vector? A filter that refuses most rows spares them the reading of their vector; one
            // that takes most of them is asked only about the few rows that are near enough to enter. A sample of each block decides.
            var asks = row < SampleRows || !heap.IsFull || accepted < SampleRows / 4;
            if (float.IsNaN(inverse[row]) || (asks && !accepts(first + row)))
            {
                continue;
            }

            accepted += row < SampleRows ? 1 : 0;
            var vector = vectors.Slice(row * length, length);
            var similarity =
                metric == VectorMetric.Cosine ? DotProduct.Of(vector, probe) * inverse[row] : Similarity(vector, probe, metric);
            if (similarity >= floor && (asks || accepts(first + row)))
            {
                heap.Offer(new Neighbour(first + row, similarity));
                floor = heap.Floor;
            }
        }
    }

    private static List<Neighbour> NearestOf(VectorColumn column, IEnumerable<int> rows, float[] probe, VectorMetric metric, int k)
    {
        var nearest = new List<Neighbour>();
        foreach (var row in rows)
        {
            var (block, place) = Math.DivRem(row, column.RowsPerBlock);
            if (block < column.BlockCount && column.InverseLengths(block)[place] is var inverse && !float.IsNaN(inverse))
            {
                var vector = column.Block(block).Slice(place * column.Length, column.Length);
                nearest.Add(
                    new Neighbour(
                        row,
                        metric == VectorMetric.Cosine ? DotProduct.Of(vector, probe) * inverse : Similarity(vector, probe, metric)
                    )
                );
            }
        }

        nearest.Sort();
        return nearest.Count > k ? nearest[..k] : nearest;
    }

    private static float Similarity(ReadOnlySpan<float> vector, ReadOnlySpan<float> probe, VectorMetric metric) =>
        metric switch
        {
            VectorMetric.DotProduct => DotProduct.Of(vector, probe),
            VectorMetric.Euclidean => -TensorPrimitives.Distance(vector, probe),
            _ => -HammingDistance(vector, probe),
        };

    private static int HammingDistance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var distance = 0;
        for (var i = 0; i < left.Length; i++)
        {
            distance += BitOperations.PopCount((uint)((byte)left[i] ^ (byte)right[i]));
        }

        return distance;
    }
}
