namespace Serverless.Drawings;

/// <summary>Connected strokes: their points, and the box around them (right and bottom included).</summary>
internal sealed record Component(int[] Points, int Left, int Top, int Right, int Bottom)
{
    public int Width => Right - Left + 1;

    public int Height => Bottom - Top + 1;

    public int LongSide => Math.Max(Width, Height);
}

/// <summary>Ink in connected parts, points that touch at a corner included.</summary>
internal static class Components
{
    public static List<Component> Of(Mask mask) => Of(mask.Copy(), mask.Ink());

    /// <summary>The same, of the points listed. Empties the mask.</summary>
    public static List<Component> Of(Mask mask, IReadOnlyList<int> ink)
    {
        var (left, around) = (mask.Points, mask.Neighbours);
        var found = new List<Component>();
        var stack = new Stack<int>();
        var points = new List<int>();
        foreach (var first in ink)
        {
            if (left[first] == 0)
            {
                continue;
            }

            points.Clear();
            left[first] = 0;
            stack.Push(first);
            while (stack.TryPop(out var at))
            {
                points.Add(at);
                foreach (var step in around)
                {
                    if (left[at + step] != 0)
                    {
                        left[at + step] = 0;
                        stack.Push(at + step);
                    }
                }
            }

            found.Add(Boxed(points, mask.Width));
        }

        return found;
    }

    private static Component Boxed(List<int> points, int width)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        foreach (var at in points)
        {
            var (x, y) = (at % width, at / width);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
        }

        return new Component([.. points], left, top, right, bottom);
    }
}
