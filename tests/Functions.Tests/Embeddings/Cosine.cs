namespace Functions.Tests.Embeddings;

internal static class Cosine
{
    public static double Of(ReadOnlyMemory<float> a, ReadOnlyMemory<float> b)
    {
        double dot = 0,
            lengthA = 0,
            lengthB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a.Span[i] * b.Span[i];
            lengthA += (double)a.Span[i] * a.Span[i];
            lengthB += (double)b.Span[i] * b.Span[i];
        }

        return dot / Math.Sqrt(lengthA * lengthB);
    }
}
