using System.Numerics;
using System.Numerics.Tensors;
using SearchEmulator.Indexes;

namespace SearchEmulator.Vectors;

/// <summary>Exact nearest neighbours by reading every vector once.</summary>
internal static class VectorScan
{
    /// <summary>Below this many floats a second thread costs more than it brings.</summary>
    private const long ParallelFrom = 1 << 20;

    /// <param name="accepts">Whether a row takes part.</param>
    public static List<Neighbour> Nearest(VectorColumn column, ReadOnlySpan<float> query, VectorMetric metric, int k, Func<int, bool> accepts)
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

    private static void ScanBlock(VectorColumn column, int block, float[] probe, VectorMetric metric, NearestHeap heap, Func<int, bool> accepts)
    {
        var vectors = column.Block(block);
        var inverse = column.InverseLengths(block);
        var length = column.Length;
        var first = block * column.RowsPerBlock;
        for (var row = 0; row < inverse.Length; row++)
        {
            // Until the heap is full every row could enter, so ask first and spare the refused ones their vector; afterwards few rows
            // are near enough to be worth asking about.
            var asked = !heap.IsFull;
            if (float.IsNaN(inverse[row]) || (asked && !accepts(first + row)))
            {
                continue;
            }

            var vector = vectors.Slice(row * length, length);
            var similarity = metric switch
            {
                VectorMetric.Cosine => TensorPrimitives.Dot(vector, probe) * inverse[row],
                VectorMetric.DotProduct => TensorPrimitives.Dot(vector, probe),
                VectorMetric.Euclidean => -TensorPrimitives.Distance(vector, probe),
                _ => -HammingDistance(vector, probe),
            };
            if (similarity >= heap.Floor && (asked || accepts(first + row)))
            {
                heap.Offer(new Neighbour(first + row, similarity));
            }
        }
    }

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
