namespace Serverless.Drawings;

/// <summary>
/// Removes what can be told to be text: three or more small marks of like height, side by side in a row or (turned) in a column; and
/// specks. Strokes that touch another one are never removed.
/// </summary>
internal static class Lettering
{
    private const double MostHeight = 0.022;
    private const double SpeckSize = 0.004;
    private const double LikeHeight = 1.8;
    private const double MostGap = 1.3;
    private const int LeastMarks = 3;

    public static void Remove(Mask mask)
    {
        var components = Components.Of(mask);
        var (most, speck) = (mask.LongSide * MostHeight, mask.LongSide * SpeckSize);
        var small = components.Where(component => component.LongSide <= most).ToList();
        var rows = Marked(small, false);
        var columns = Marked(small, true);
        for (var i = 0; i < small.Count; i++)
        {
            if (rows[i] || columns[i] || small[i].LongSide <= speck)
            {
                foreach (var at in small[i].Points)
                {
                    mask.Points[at] = 0;
                }
            }
        }
    }

    /// <summary>Which marks stand in a row of at least three.</summary>
    private static bool[] Marked(List<Component> marks, bool turned)
    {
        var boxes = marks.ConvertAll(mark =>
            turned
                ? (Left: mark.Top, Top: mark.Left, Right: mark.Bottom, Bottom: mark.Right)
                : (mark.Left, mark.Top, mark.Right, mark.Bottom)
        );
        var order = Enumerable.Range(0, boxes.Count).OrderBy(i => boxes[i].Left).ThenBy(i => boxes[i].Top).ToArray();
        var row = Enumerable.Range(0, boxes.Count).ToArray();
        int Root(int i) => row[i] == i ? i : row[i] = Root(row[i]);
        for (var i = 0; i < order.Length; i++)
        {
            var one = boxes[order[i]];
            var height = one.Bottom - one.Top + 1;
            var reach = Math.Max(3, height * MostGap * LikeHeight);
            for (var j = i + 1; j < order.Length && boxes[order[j]].Left - one.Right <= reach; j++)
            {
                if (SideBySide(one, boxes[order[j]]))
                {
                    row[Root(order[j])] = Root(order[i]);
                }
            }
        }

        var counts = new int[boxes.Count];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[Root(i)]++;
        }

        return [.. Enumerable.Range(0, boxes.Count).Select(i => counts[Root(i)] >= LeastMarks)];
    }

    private static bool SideBySide((int Left, int Top, int Right, int Bottom) one, (int Left, int Top, int Right, int Bottom) other)
    {
        var (height, otherHeight) = (one.Bottom - one.Top + 1, other.Bottom - other.Top + 1);
        var taller = Math.Max(height, otherHeight);
        var shared = Math.Min(one.Bottom, other.Bottom) - Math.Max(one.Top, other.Top) + 1;
        return taller <= LikeHeight * Math.Min(height, otherHeight) + 1
            && shared >= 0.5 * taller
            && Math.Max(one.Left, other.Left) - Math.Min(one.Right, other.Right) <= MostGap * taller;
    }
}
