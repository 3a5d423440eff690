namespace Serverless.Drawings;

/// <summary>
/// Where strokes are close to each other in both directions, as treads, teeth and coils are and walls are not: the cells of a grid that
/// strokes cross, opened by a square of three.
/// </summary>
internal static class DenseParts
{
    public static IEnumerable<Part> Of(Mask sheet, IReadOnlyList<int> ink, double cellSide)
    {
        var cell = Math.Max(3, (int)Math.Round(cellSide));
        var (across, down) = ((sheet.Width / cell) + 3, (sheet.Height / cell) + 3);
        int Cell(int at) => (((at / sheet.Width / cell) + 1) * across) + (at % sheet.Width / cell) + 1;
        var crossed = new Mask(across, down);
        foreach (var at in ink)
        {
            crossed.Points[Cell(at)] = 1;
        }

        var owner = Owners(Opened(crossed));
        return ink.Where(at => owner[Cell(at)] > 0)
            .GroupBy(at => owner[Cell(at)])
            .Select(group => Part.Of([.. group], sheet.Width) with { IsDense = true });
    }

    private static Mask Opened(Mask cells)
    {
        var (around, opened) = (cells.Neighbours, new Mask(cells.Width, cells.Height));
        foreach (var at in cells.Ink().Where(at => Array.TrueForAll(around, step => cells.Points[at + step] != 0)))
        {
            opened.Points[at] = 1;
            foreach (var step in around)
            {
                opened.Points[at + step] = 1;
            }
        }

        return opened;
    }

    /// <summary>The number of its blob for each cell, 0 for none.</summary>
    private static int[] Owners(Mask opened)
    {
        var owner = new int[opened.Points.Length];
        var number = 0;
        foreach (var blob in Blobs(opened))
        {
            number++;
            foreach (var at in blob)
            {
                owner[at] = number;
            }
        }

        return owner;
    }

    /// <summary>The outermost cells may be full, so that a border is laid around them.</summary>
    private static IEnumerable<IEnumerable<int>> Blobs(Mask cells)
    {
        var wide = new Mask(cells.Width + 2, cells.Height + 2);
        foreach (var at in cells.Ink())
        {
            wide.Points[((at / cells.Width + 1) * wide.Width) + (at % cells.Width) + 1] = 1;
        }

        return Components.Of(wide).Select(blob => blob.Points.Select(at => ((at / wide.Width - 1) * cells.Width) + (at % wide.Width) - 1));
    }
}
