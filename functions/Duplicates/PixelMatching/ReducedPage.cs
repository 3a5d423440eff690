namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// A page and a smaller copy of it. Programs make a smaller picture with different windows, and these differ by more than one letter of a
/// few points does. Drawn with the window that was used, the page foretells the copy nearly to the rounding of its file, and another
/// letter stands out.
/// </summary>
/// <param name="Drawn">The page on the points of the copy.</param>
internal sealed record ReducedPage(Plane Drawn, ReductionFilter Filter)
{
    /// <summary>Points of the page to one of the copy, along a side, beyond which no letter is left.</summary>
    private const double MostScale = 4.5;

    /// <summary>Share of one brightness from which on a picture is a page or a drawing.</summary>
    private const double LeastOfPage = 0.3;

    private const int PatchSide = 24;
    private const int MostPatches = 24;

    /// <summary>The page drawn on the points of a smaller copy; null where the two are no page, of one size, or not alike.</summary>
    /// <param name="grid">The copy's brightness on the shared scene.</param>
    /// <param name="commonest">Its share of the commonest brightness.</param>
    /// <param name="page">The larger one's brightness at full detail.</param>
    /// <param name="mapping">From the scene's points to those of the larger one.</param>
    public static ReducedPage? Of(Plane grid, double commonest, Plane page, Mapping mapping)
    {
        const int reach = ReductionFilter.Reach;
        if (commonest < LeastOfPage || mapping.Scale is < FinerDetail.MorePoints or > MostScale)
        {
            return null;
        }

        var inner = new Area(reach, reach, grid.Width - reach, grid.Height - reach);
        var patches = PatchGrid.Choose(grid, inner, PatchSide, MostPatches);
        var best = (Left: double.PositiveInfinity, Window: ResamplingWindow.Lanczos, Filter: default(ReductionFilter));
        foreach (var window in ResamplingWindow.All)
        {
            var pairs = patches.ConvertAll(patch => Draw(grid, page, mapping, patch, window));
            if (pairs.Count > 0 && ReductionFilter.Fit(pairs) is { } filter)
            {
                var left = OrderStatistic.Median<double>([.. pairs.Select(pair => Mean(filter.Off(pair.From, pair.To)))]);
                best = left < best.Left ? (left, window, filter) : best;
            }
        }

        return best.Filter is null
            ? null
            : new ReducedPage(PlaneResampling.Resample(page, mapping, grid.Width, grid.Height, best.Window), best.Filter);
    }

    private static double Mean((double Square, int Points) off) => off.Square / Math.Max(1, off.Points);

    private static (Plane From, Plane To) Draw(Plane grid, Plane page, Mapping mapping, Patch patch, ResamplingWindow window)
    {
        const int reach = ReductionFilter.Reach;
        var (left, top, width, height) = (patch.Left - reach, patch.Top - reach, patch.Width + (2 * reach), patch.Height + (2 * reach));
        var there = mapping with { ShiftX = mapping.X(left), ShiftY = mapping.Y(top) };
        return (
            PlaneResampling.Resample(page, there, width, height, window),
            PlaneResampling.Resample(grid, new Mapping(1, 1, left, top), width, height)
        );
    }
}
