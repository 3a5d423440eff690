namespace Serverless.Drawings;

/// <summary>
/// Points that are ink (1) or not (0), row by row. The outermost rows and columns never are, so that neighbours need no check.
/// </summary>
internal sealed class Mask
{
    public Mask(int width, int height) => (Width, Height, Points) = (width, height, new byte[width * height]);

    public int Width { get; }

    public int Height { get; }

    public byte[] Points { get; }

    public int LongSide => Math.Max(Width, Height);

    /// <summary>The eight neighbours of a point, from the right, clockwise.</summary>
    public int[] Neighbours => [1, Width + 1, Width, Width - 1, -1, -Width - 1, -Width, -Width + 1];

    public List<int> Ink()
    {
        var ink = new List<int>();
        for (var at = 0; at < Points.Length; at++)
        {
            if (Points[at] != 0)
            {
                ink.Add(at);
            }
        }

        return ink;
    }

    public Mask Copy()
    {
        var copy = new Mask(Width, Height);
        Points.CopyTo(copy.Points, 0);
        return copy;
    }
}
