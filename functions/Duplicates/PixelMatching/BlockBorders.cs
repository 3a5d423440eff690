using Serverless.Imaging;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a strongly compressed JPEG shows the borders of its blocks where the other picture runs on smoothly. A copy that was
/// written from the JPEG shows them as well.
/// </summary>
internal static class BlockBorders
{
    private const int Side = JpegQuantisation.Side;
    private const int Half = Side / 2;

    /// <summary>The step of the mean from which on (quality 40 and less) compression can be seen.</summary>
    private const float Coarse = 20;

    /// <summary>
    /// Levels by which a border stands out more than that of the other picture, of a coarse JPEG and of what is no JPEG but may have been
    /// one (quality 75 leaves 2.6 at most), and how many times.
    /// </summary>
    private const double Visible = 0.3;
    private const double VisibleWithoutSteps = 3.5;
    private const double Times = 2;

    /// <summary>Slope, in levels, up to which a place is smooth, and the most that a border counts.</summary>
    private const int Smooth = 6;
    private const int Most = 20;

    private const int MostRows = 256;

    /// <param name="smooth">The picture that may have none, point on point with the other.</param>
    /// <param name="startOfSmooth">The column of its file in which the plane begins.</param>
    /// <param name="blocky">The picture that may show borders.</param>
    /// <param name="startOfBlocky">The column of its file in which the plane begins.</param>
    /// <param name="steps">The steps of its file; null if it is no JPEG.</param>
    public static bool AreShown(Plane smooth, int startOfSmooth, Plane blocky, int startOfBlocky, float[]? steps)
    {
        var least = steps is null ? VisibleWithoutSteps : Visible;
        return (steps is null || steps[0] >= Coarse)
            && Borders(blocky, startOfBlocky) is var borders
            && borders > least
            && Math.Max(Borders(smooth, startOfSmooth), Borders(smooth, startOfBlocky)) is var others
            && borders - others > least
            && borders > Times * others;
    }

    /// <summary>How much steeper smooth places are across the borders of blocks than across their middles, in levels.</summary>
    private static double Borders(Plane plane, int start)
    {
        var (atBorders, borders, atMiddles, middles) = (0, 0, 0, 0);
        for (var y = 0; y < plane.Height; y += 1 + (plane.Height / MostRows))
        {
            var row = plane.Row(y);
            for (var x = First(start); x + 1 < row.Length; x += Half)
            {
                var (before, here, after) = (
                    Math.Abs(row[x - 1] - row[x - 2]),
                    Math.Abs(row[x] - row[x - 1]),
                    Math.Abs(row[x + 1] - row[x])
                );
                if (Math.Max(before, after) > Smooth)
                {
                    continue;
                }

                // Twice what the step is above the slopes beside it.
                var step = (2 * Math.Min(Most, here)) - before - after;
                if ((start + x) % Side == 0)
                {
                    (atBorders, borders) = (atBorders + step, borders + 1);
                }
                else
                {
                    (atMiddles, middles) = (atMiddles + step, middles + 1);
                }
            }
        }

        return borders == 0 || middles == 0 ? 0 : ((atBorders / (double)borders) - (atMiddles / (double)middles)) / 2;
    }

    /// <summary>The first column, two points from the edge at least, that begins a block or its second half.</summary>
    private static int First(int start) => 2 + ((Half - ((start + 2) % Half)) % Half);
}
