namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether a photograph was reduced to a few levels or a palette, and another of the same scene was not: places with texture then have
/// hardly more values than edges have sides.
/// </summary>
internal static class FewLevels
{
    private const int Side = SharedScene.Cell;
    private const int MostCells = 10_000;

    /// <summary>Levels between the darkest and the brightest point from which on a cell has texture.</summary>
    private const int Texture = 6;

    /// <summary>Different values of the 16 points of a cell, at most.</summary>
    private const int MostValues = 3;

    /// <summary>Shares of the textured cells that have so few, of the reduced picture and of the other.</summary>
    private const double Reduced = 0.07;
    private const double Full = 0.015;

    /// <summary>Root mean square, in levels, by which rounding to few levels shifts the means of cells; compression leaves less.</summary>
    private const double LeastShift = 1.5;

    /// <summary>Which of the two, if any, has all tones that the other was reduced to.</summary>
    /// <param name="a">Brightness of the one.</param>
    /// <param name="b">Brightness of the other.</param>
    /// <param name="toned">Brightness of both with the same tones.</param>
    public static (bool OfA, bool OfB) Find(Plane a, Plane b, (Plane A, Plane B) toned)
    {
        var (ofA, ofB) = (Measure(a, toned), Measure(b, toned));
        return (
            ofA.Share < Full && ofB.Share > Reduced && ofB.Shift > LeastShift,
            ofB.Share < Full && ofA.Share > Reduced && ofA.Shift > LeastShift
        );
    }

    /// <summary>The share of textured cells with few values, and how far their means are from those of the other picture.</summary>
    private static (double Share, double Shift) Measure(Plane plane, (Plane A, Plane B) toned)
    {
        var (across, down) = (plane.Width / Side, plane.Height / Side);
        var (textured, few, shifts) = (0, 0, 0.0);
        for (var at = 0; at < across * down; at += 1 + (across * down / MostCells))
        {
            var (x, y) = (at % across * Side, at / across * Side);
            if (Values(plane, x, y) is { } values)
            {
                textured++;
                if (values <= MostValues)
                {
                    few++;
                    var shift = Mean(toned.A, x, y) - Mean(toned.B, x, y);
                    shifts += shift * shift;
                }
            }
        }

        return few == 0 ? default : ((double)few / textured, Math.Sqrt(shifts / few));
    }

    private static double Mean(Plane plane, int x, int y)
    {
        var sum = 0;
        for (var row = y; row < y + Side; row++)
        {
            foreach (var level in plane.Row(row).Slice(x, Side))
            {
                sum += level;
            }
        }

        return sum / (double)(Side * Side);
    }

    /// <summary>How many different values a cell has; null where it has no texture.</summary>
    private static int? Values(Plane plane, int x, int y)
    {
        Span<byte> points = stackalloc byte[Side * Side];
        for (var row = 0; row < Side; row++)
        {
            plane.Row(y + row).Slice(x, Side).CopyTo(points[(row * Side)..]);
        }

        points.Sort();
        if (points[^1] - points[0] < Texture)
        {
            return null;
        }

        var count = 1;
        for (var at = 1; at < points.Length; at++)
        {
            count += points[at] == points[at - 1] ? 0 : 1;
        }

        return count;
    }
}
