using System.Numerics.Tensors;

namespace Serverless.Search;

/// <summary>A weighted sum of unit vectors, as a unit vector.</summary>
internal sealed class QueryVector(int dimensions)
{
    private readonly float[] sum = new float[dimensions];

    public bool IsEmpty { get; private set; } = true;

    public void Add(ReadOnlyMemory<float> vector, double weight)
    {
        TensorPrimitives.MultiplyAdd(vector.Span, (float)weight, sum, sum);
        IsEmpty = false;
    }

    /// <summary>The same with one part more.</summary>
    public QueryVector With(ReadOnlyMemory<float> vector, double weight)
    {
        var more = new QueryVector(sum.Length);
        more.Add(sum, 1);
        more.Add(vector, weight);
        return more;
    }

    /// <summary>The normalised sum; null if the parts cancel each other out.</summary>
    public ReadOnlyMemory<float>? Unit()
    {
        var norm = TensorPrimitives.Norm<float>(sum);
        if (norm < 1e-6f)
        {
            return null;
        }

        var unit = new float[sum.Length];
        TensorPrimitives.Divide(sum, norm, unit);
        return unit;
    }
}
