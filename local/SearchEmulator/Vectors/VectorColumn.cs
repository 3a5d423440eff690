using System.Numerics.Tensors;

namespace SearchEmulator.Vectors;

/// <summary>
/// The vectors of one field, row by slot, in large contiguous blocks of float32, with the inverse length of each. Vectors stay as they
/// were given: a cosine is then one dot product and one multiplication, and nothing has to be kept twice.
/// </summary>
internal sealed class VectorColumn
{
    private const int BlockBytes = 4 << 20;
    private readonly List<float[]> _blocks = [];
    private readonly List<float[]> _inverseLengths = [];

    public VectorColumn(int length)
    {
        Length = length;
        RowsPerBlock = Math.Max(64, BlockBytes / sizeof(float) / length);
    }

    public int Length { get; }

    public int RowsPerBlock { get; }

    public int BlockCount => _blocks.Count;

    public int Count { get; private set; }

    public ReadOnlySpan<float> Block(int block) => _blocks[block];

    /// <summary>By row of the block: 1/length, 0 for the zero vector, NaN where there is no vector.</summary>
    public ReadOnlySpan<float> InverseLengths(int block) => _inverseLengths[block];

    public ReadOnlySpan<float> Read(int slot)
    {
        var (block, row) = Math.DivRem(slot, RowsPerBlock);
        return _blocks[block].AsSpan(row * Length, Length);
    }

    public void Write(int slot, ReadOnlySpan<float> vector)
    {
        var (block, row) = Math.DivRem(slot, RowsPerBlock);
        while (_blocks.Count <= block)
        {
            _blocks.Add(GC.AllocateUninitializedArray<float>(RowsPerBlock * Length, pinned: true));
            var absent = new float[RowsPerBlock];
            Array.Fill(absent, float.NaN);
            _inverseLengths.Add(absent);
        }

        vector.CopyTo(_blocks[block].AsSpan(row * Length, Length));
        ref var inverse = ref _inverseLengths[block][row];
        Count += float.IsNaN(inverse) ? 1 : 0;
        var length = TensorPrimitives.Norm(vector);
        inverse = length > 0 ? 1f / length : 0f;
    }

    public void Clear(int slot)
    {
        var (block, row) = Math.DivRem(slot, RowsPerBlock);
        if (block < _blocks.Count && !float.IsNaN(_inverseLengths[block][row]))
        {
            _inverseLengths[block][row] = float.NaN;
            Count--;
        }
    }
}
