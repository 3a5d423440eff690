using System.Numerics.Tensors;
using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>Cuts a page into overlapping parts of several sizes, where it has strokes.</summary>
internal static class Tiling
{
    /// <summary>Parts of a page at most.</summary>
    public const int Most = 80;

    private const int MostWindows = 16;

    /// <summary>Sides of the windows, as shares of the longer side of what is drawn.</summary>
    private static readonly double[] Scales = [0.5, 0.25];

    private const double LeastInk = 2.0;

    /// <summary>The parts, the fullest first within each size; none for an empty page. Boxes are in fractions of the page.</summary>
    public static IReadOnlyList<Tile> Of(Pixels page) => Of(page, LineSheet.Of(page));

    public static IReadOnlyList<Tile> Of(Pixels page, LineSheet sheet)
    {
        if (sheet.Content() is not { } content)
        {
            return [];
        }

        var tiles = new List<Region>();
        var longest = Math.Max(content.Width * sheet.Strokes.Width, content.Height * sheet.Strokes.Height);
        foreach (var scale in Scales)
        {
            var side = longest * scale;
            var (width, height) = (side / sheet.Strokes.Width, side / sheet.Strokes.Height);
            var found = new List<(Region Box, int Ink)>();
            foreach (var top in Steps(content.Top, content.Bottom, height))
            {
                foreach (var left in Steps(content.Left, content.Right, width))
                {
                    var box = new Region(left, top, Math.Min(1, left + width), Math.Min(1, top + height));
                    if (sheet.Within(box).Count is var ink && ink >= side * LeastInk)
                    {
                        found.Add((box, ink));
                    }
                }
            }

            tiles.AddRange(
                found
                    .OrderByDescending(tile => tile.Ink)
                    .ThenBy(tile => tile.Box.Top)
                    .ThenBy(tile => tile.Box.Left)
                    .Select(tile => tile.Box)
            );
        }

        var parts = Chosen(Parts.Of(sheet.Strokes, longest), Most - MostWindows)
            .Select(part => new Tile(sheet.Fractions(part.Left, part.Top, part.Right, part.Bottom), page, sheet, part.Points));
        return [.. parts, .. tiles.Take(MostWindows).Select(box => new Tile(box, page, sheet, sheet.Within(box)))];
    }

    /// <summary>Which of some vectors of unit length to keep: one that is as near as a cosine to an earlier one is left out.</summary>
    public static IReadOnlyList<int> Distinct(IReadOnlyList<float[]> vectors, double cosine = 0.97)
    {
        var kept = new List<int>();
        for (var i = 0; i < vectors.Count; i++)
        {
            if (kept.TrueForAll(other => TensorPrimitives.Dot(vectors[i], vectors[other]) < cosine))
            {
                kept.Add(i);
            }
        }

        return kept;
    }

    /// <summary>The richest parts first; one that overlaps a chosen one counts less.</summary>
    private static IEnumerable<Part> Chosen(List<Part> parts, int most)
    {
        var (worth, left) = (parts.ConvertAll(part => Math.Min(part.Richness, part.IsDense ? 5 : 8)), new List<double>());
        left.AddRange(Enumerable.Repeat(1.0, parts.Count));
        for (var chosen = 0; chosen < Math.Min(most, parts.Count); chosen++)
        {
            var best = 0;
            for (var i = 1; i < parts.Count; i++)
            {
                best = worth[i] * left[i] > worth[best] * left[best] ? i : best;
            }

            yield return parts[best];
            for (var i = 0; i < parts.Count; i++)
            {
                left[i] = Math.Min(left[i], i == best ? 0 : 1 - parts[i].Overlap(parts[best]));
            }
        }
    }

    private static IEnumerable<double> Steps(double from, double to, double size)
    {
        var count = Math.Max(1, (int)Math.Ceiling((to - from - size) / (size / 2)) + 1);
        for (var i = 0; i < count; i++)
        {
            yield return Math.Max(0, count == 1 ? from : from + ((to - from - size) * i / (count - 1)));
        }
    }
}
