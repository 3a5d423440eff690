namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether tones of a picture are clipped in another of the same scene: red, green or blue is at an end there, and here has values
/// that the other two colours do not explain, as they would after a change of saturation.
/// </summary>
internal static class ClippedTones
{
    private const int MostSamples = 40_000;
    private const int Unknowns = 3;
    private const int Width = Unknowns + 1;
    private const int Colours = 3;

    /// <summary>Levels from an end within which a colour is clipped: that of a cell is a mean.</summary>
    private const double NearEnd = 2;

    /// <summary>Cells that must be clipped, in all and as a share.</summary>
    private const int LeastCells = 16;
    private const double LeastShare = 0.005;

    /// <summary>Root mean square, in levels, of what compression leaves in clipped cells.</summary>
    private const double Noise = 6.5;

    /// <summary>Whether tones of one picture are clipped in the other, in both directions.</summary>
    public static (bool OfGrid, bool OfOther) Find(SharedScene scene)
    {
        var (grid, other) = (new Ends(), new Ends());
        var count = scene.Grid.Cells.Values.Length;
        var step = 1 + (count / MostSamples);
        for (var at = 0; at < count; at += step)
        {
            var (a, b) = (scene.Grid.Colour(at).Rgb, scene.Other.Colour(at).Rgb);
            Span<double> first = [a.Red, a.Green, a.Blue];
            Span<double> second = [b.Red, b.Green, b.Blue];
            grid.Add(clipped: second, tones: first);
            other.Add(clipped: first, tones: second);
        }

        var least = Math.Max(LeastCells, LeastShare * count / step);
        return (grid.AreTonesLost(least), other.AreTonesLost(least));
    }

    /// <summary>Normal equations of a colour where it is clipped in the other picture, for each colour and end.</summary>
    private sealed class Ends
    {
        private readonly double[] systems = new double[2 * Colours * Unknowns * Width];
        private readonly double[] squares = new double[2 * Colours];

        public void Add(ReadOnlySpan<double> clipped, ReadOnlySpan<double> tones)
        {
            for (var colour = 0; colour < Colours; colour++)
            {
                var isWhite = clipped[colour] >= 255 - NearEnd;
                if (isWhite || clipped[colour] <= NearEnd)
                {
                    var end = (2 * colour) + (isWhite ? 1 : 0);
                    Add(end, [1, clipped[(colour + 1) % Colours], clipped[(colour + 2) % Colours], tones[colour]]);
                }
            }
        }

        public bool AreTonesLost(double least)
        {
            for (var end = 0; end < squares.Length; end++)
            {
                if (Count(end) >= least && Left(end) > Noise * Noise)
                {
                    return true;
                }
            }

            return false;
        }

        private void Add(int end, ReadOnlySpan<double> row)
        {
            LinearSystem.Add(Rows(end), row);
            squares[end] += row[Unknowns] * row[Unknowns];
        }

        private Span<double> Rows(int end) => systems.AsSpan(end * Unknowns * Width, Unknowns * Width);

        private double Count(int end) => systems[end * Unknowns * Width];

        /// <summary>Mean square of the tones that no sum of the other colours explains.</summary>
        private double Left(int end)
        {
            Span<double> solved = stackalloc double[Unknowns * Width];
            var system = Rows(end);
            system.CopyTo(solved);
            for (var at = 0; at < Unknowns; at++)
            {
                solved[(at * Width) + at] += 1e-3 * Count(end);
            }

            var left = squares[end];
            if (LinearSystem.TrySolve(solved, Unknowns))
            {
                for (var at = 0; at < Unknowns; at++)
                {
                    var error = -2 * system[(at * Width) + Unknowns];
                    for (var column = 0; column < Unknowns; column++)
                    {
                        error += system[(at * Width) + column] * solved[(column * Width) + Unknowns];
                    }

                    left += error * solved[(at * Width) + Unknowns];
                }
            }

            return left / Count(end);
        }
    }
}
