namespace Serverless.Duplicates.PixelMatching;

/// <summary>Chooses patches of a plane that know their place: spread over an area, each the most textured of a few in its cell.</summary>
internal static class PatchGrid
{
    /// <summary>Cells along the longer side.</summary>
    private const int MostAcross = 9;

    /// <summary>Cells in all, about.</summary>
    private const int MostPatches = 54;

    /// <summary>Places tried in a cell, along each side.</summary>
    private const int Tried = 4;

    private const int LeastSide = 4;

    public static List<Patch> Choose(Plane plane, Area area, int side, int most = MostPatches)
    {
        var (left, top) = ((int)Math.Ceiling(Math.Max(0, area.Left)), (int)Math.Ceiling(Math.Max(0, area.Top)));
        var (width, height) = ((int)Math.Min(plane.Width, area.Right) - left, (int)Math.Min(plane.Height, area.Bottom) - top);
        var (patchWidth, patchHeight) = (Math.Min(side, width), Math.Min(side, height));
        var patches = new List<Patch>();
        if (patchWidth < LeastSide || patchHeight < LeastSide)
        {
            return patches;
        }

        var (across, down) = (Cells(width, height, patchWidth, most), Cells(height, width, patchHeight, most));
        for (var row = 0; row < down; row++)
        {
            for (var column = 0; column < across; column++)
            {
                patches.Add(
                    Best(
                        plane,
                        Cell(left, width, column, across, patchWidth),
                        Cell(top, height, row, down, patchHeight),
                        patchWidth,
                        patchHeight
                    )
                );
            }
        }

        return patches;
    }

    /// <summary>How many cells along a side, where patches may overlap by half.</summary>
    private static int Cells(int side, int other, int patch, int most)
    {
        var wanted = Math.Sqrt(most * (double)side / Math.Max(1, other));
        return Math.Clamp((int)Math.Round(wanted), 1, Math.Max(1, Math.Min(side > other ? most : MostAcross, (2 * side / patch) - 1)));
    }

    /// <summary>First and last start of a patch in a cell.</summary>
    private static (int First, int Last) Cell(int start, int length, int at, int count, int patch)
    {
        var room = length - patch;
        var first = start + (int)((long)room * at / count);
        return (count == 1 ? start : first, Math.Max(first, start + (int)((long)room * (at + 1) / count)));
    }

    private static Patch Best(Plane plane, (int First, int Last) x, (int First, int Last) y, int width, int height)
    {
        var (best, most) = (new Patch(x.First, y.First, width, height), -1L);
        for (var at = 0; at < Tried * Tried; at++)
        {
            var (left, top) = (
                x.First + ((x.Last - x.First) * (at % Tried) / (Tried - 1)),
                y.First + ((y.Last - y.First) * (at / Tried) / (Tried - 1))
            );
            var texture = Texture(plane, left, top, width, height);
            (best, most) = texture > most ? (new Patch(left, top, width, height), texture) : (best, most);
        }

        return best;
    }

    /// <summary>Squared slopes, every third row: of the direction that has fewer of them above all.</summary>
    private static long Texture(Plane plane, int left, int top, int width, int height)
    {
        long across = 0,
            down = 0;
        for (var y = top; y < top + height - 1; y += 3)
        {
            var row = plane.Row(y);
            var next = plane.Row(y + 1);
            for (var x = left; x < left + width - 1; x++)
            {
                var (dx, dy) = (row[x + 1] - row[x], next[x] - row[x]);
                across += dx * dx;
                down += dy * dy;
            }
        }

        return (8 * Math.Min(across, down)) + across + down;
    }
}
