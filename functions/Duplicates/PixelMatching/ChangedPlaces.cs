namespace Serverless.Duplicates.PixelMatching;

/// <summary>A place that differs, in cells of the shared scene; right and bottom are outside.</summary>
internal readonly record struct ChangedPlace(int Left, int Top, int Right, int Bottom)
{
    public int Size => (Right - Left) * (Bottom - Top);

    public ChangedPlace With(ChangedPlace other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
}

/// <summary>Joins changed windows that touch, or nearly so, to places.</summary>
internal static class ChangedPlaces
{
    /// <summary>The places, the largest first.</summary>
    public static IReadOnlyList<ChangedPlace> Of(IReadOnlyList<ChangedWindow> windows, int across, int down)
    {
        if (windows.Count == 0)
        {
            return [];
        }

        var marked = new bool[across * down];
        foreach (var window in windows)
        {
            // A cell more to the right and below joins windows that a gap of one cell separates.
            for (var y = window.Top; y < Math.Min(down, window.Top + window.Side + 1); y++)
            {
                var (from, to) = (window.Left, Math.Min(across, window.Left + window.Side + 1));
                marked.AsSpan((y * across) + from, Math.Max(0, to - from)).Fill(true);
            }
        }

        var places = new List<ChangedPlace>();
        var open = new Stack<int>();
        for (var start = 0; start < marked.Length; start++)
        {
            if (!marked[start])
            {
                continue;
            }

            var place = new ChangedPlace(across, down, 0, 0);
            marked[start] = false;
            open.Push(start);
            while (open.TryPop(out var at))
            {
                var (x, y) = (at % across, at / across);
                place = place.With(new ChangedPlace(x, y, x + 1, y + 1));
                Push(x > 0, at - 1);
                Push(x < across - 1, at + 1);
                Push(y > 0, at - across);
                Push(y < down - 1, at + across);
            }

            places.Add(place);
        }

        return [.. places.OrderByDescending(place => place.Size)];

        void Push(bool isInside, int at)
        {
            if (isInside && marked[at])
            {
                marked[at] = false;
                open.Push(at);
            }
        }
    }
}
