namespace Serverless.Drawings;

/// <summary>
/// Finds things on a sheet by its strokes: without the lines that are longer than a size, what is connected, or nearly, and of about that
/// size. So a bathtub is found at its wall, and a table with its chairs.
/// </summary>
internal static class Parts
{
    private const double Step = 0.70710678;
    private const double Largest = 0.5;
    private const double Smallest = 0.022;
    private const double LeastSize = 0.45;
    private const double MostSize = 1.1;
    private const double LeastShape = 0.15;
    private const double LeastRichness = 2.6;
    private const int LeastPoints = 14;

    /// <summary>More is a texture, not a drawing: it has windows but no parts.</summary>
    private const int MostInk = 300_000;
    private const double Nearness = 0.03;

    /// <summary>Cells to a size.</summary>
    private static readonly double[] DenseCells = [9, 14];

    /// <param name="content">The longer side of what is drawn, in points.</param>
    public static List<Part> Of(Mask strokes, double content)
    {
        var (parts, ink, mask) = (new List<Part>(), strokes.Ink(), new Mask(strokes.Width, strokes.Height));
        if (ink.Count > MostInk)
        {
            return parts;
        }

        var lengths = LongLines.Lengths(strokes, ink);
        for (var side = Largest * content; side >= Math.Max(LeastPoints, Smallest * content); side *= Step)
        {
            var left = ink.Where((_, i) => lengths[i] < side * MostSize).ToList();
            foreach (var at in left)
            {
                mask.Points[at] = 1;
            }

            var components = Components.Of(mask, left).FindAll(component => component.LongSide <= side * MostSize);
            foreach (
                var group in components.ConvertAll(component => new[] { component }).Concat(Groups(components, mask.Width, side * Nearness))
            )
            {
                Add(parts, group, components, side);
            }

            foreach (var part in DenseCells.SelectMany(cells => DenseParts.Of(mask, left, side / cells)))
            {
                Add(parts, part, side);
            }
        }

        return parts;
    }

    /// <summary>Adds the box of a group, with all that is in it.</summary>
    private static void Add(List<Part> parts, IReadOnlyList<Component> group, List<Component> all, double side)
    {
        var box = new Part(
            group.Min(one => one.Left),
            group.Min(one => one.Top),
            group.Max(one => one.Right) + 1,
            group.Max(one => one.Bottom) + 1,
            []
        );
        if (Fits(box, side))
        {
            var slack = (int)(0.03 * box.LongSide);
            var inside = all.Where(other =>
                other.Left >= box.Left - slack
                && other.Right < box.Right + slack
                && other.Top >= box.Top - slack
                && other.Bottom < box.Bottom + slack
            );
            Add(parts, box with { Points = [.. inside.SelectMany(component => component.Points)] }, side);
        }
    }

    private static void Add(List<Part> parts, Part part, double side)
    {
        if (Fits(part, side) && part.Richness >= LeastRichness && !parts.Exists(known => Same(known, part)))
        {
            parts.Add(part);
        }
    }

    private static bool Fits(Part box, double side) =>
        box.LongSide >= LeastSize * side
        && box.LongSide <= MostSize * side
        && box.ShortSide >= Math.Max(LeastPoints / 2, LeastShape * box.LongSide);

    private static bool Same(Part one, Part other) =>
        one.Overlap(other) > 0.88
        && Math.Abs(one.Points.Length - other.Points.Length) < 0.12 * Math.Max(one.Points.Length, other.Points.Length);

    /// <summary>Components with strokes in cells that touch, at least two.</summary>
    private static IEnumerable<IReadOnlyList<Component>> Groups(List<Component> components, int width, double nearness)
    {
        var cell = Math.Max(2, (int)nearness);
        var owners = new Dictionary<(int X, int Y), int>();
        var group = Enumerable.Range(0, components.Count).ToArray();
        int Root(int i) => group[i] == i ? i : group[i] = Root(group[i]);
        for (var i = 0; i < components.Count; i++)
        {
            var last = (X: -1, Y: -1);
            foreach (var at in components[i].Points)
            {
                var place = (X: at % width / cell, Y: at / width / cell);
                if (place == last)
                {
                    continue;
                }

                last = place;
                owners.TryAdd(place, i);
                for (var near = 0; near < 9; near++)
                {
                    if (owners.TryGetValue((place.X + (near % 3) - 1, place.Y + (near / 3) - 1), out var other))
                    {
                        group[Root(other)] = Root(i);
                    }
                }
            }
        }

        return Enumerable
            .Range(0, components.Count)
            .GroupBy(Root)
            .Select(members => members.Select(i => components[i]).ToArray())
            .Where(members => members.Length > 1);
    }
}
