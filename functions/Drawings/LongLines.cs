namespace Serverless.Drawings;

/// <summary>How long the level or upright stroke is that each point is on, up to about 2° askew: walls and measures are long.</summary>
internal static class LongLines
{
    private const double Slope = 0.035;

    /// <summary>Lengths in points, in the order of the ink.</summary>
    public static int[] Lengths(Mask mask, IReadOnlyList<int> ink)
    {
        var lengths = new int[mask.Points.Length];
        Walk(mask, ink, lengths, 1, mask.Width);
        var byColumn = ink.ToArray();
        Array.Sort(byColumn.Select(at => ((long)(at % mask.Width) << 32) | (uint)at).ToArray(), byColumn);
        Walk(mask, byColumn, lengths, mask.Width, 1);
        return [.. ink.Select(at => lengths[at])];
    }

    private static void Walk(Mask mask, IReadOnlyList<int> ink, int[] lengths, int along, int aside)
    {
        var (points, walked, run) = (mask.Points, new bool[mask.Points.Length], new List<int>());
        foreach (var first in ink)
        {
            if (walked[first])
            {
                continue;
            }

            run.Clear();
            for (var (at, drift) = (first, 0); ; )
            {
                walked[at] = true;
                run.Add(at);
                var next = at + along;
                var turn =
                    points[next] != 0 ? 0
                    : points[next + aside] != 0 ? 1
                    : points[next - aside] != 0 ? -1
                    : 2;
                if (turn == 2 || Math.Abs(drift + turn) > 2 + (Slope * run.Count))
                {
                    break;
                }

                drift += turn;
                at = next + (turn * aside);
            }

            foreach (var at in run)
            {
                lengths[at] = Math.Max(lengths[at], run.Count);
            }
        }
    }
}
