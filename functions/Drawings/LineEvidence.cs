using Serverless.Imaging;

namespace Serverless.Drawings;

/// <summary>What tells a drawing of lines from another picture.</summary>
/// <param name="Ink">Share of the points that are ink.</param>
/// <param name="Unrest">Points that are neither ink, nor at its edge, nor like the paper around them, to one of ink.</param>
/// <param name="Contrast">Levels between ink and paper, at least.</param>
/// <param name="Thickness">Of the strokes, as a share of the longer side.</param>
internal readonly record struct LineEvidence(double Ink, double Unrest, double Contrast, double Thickness)
{
    private const int Side = 1024;
    private const int Window = 24;
    private const double LeastInk = 0.0005;
    private const double MostInk = 0.22;
    private const double MostUnrest = 0.05;
    private const double LeastContrast = 8;
    private const double MostThickness = 0.02;

    public bool IsLineDrawing =>
        Ink is >= LeastInk and <= MostInk && Unrest <= MostUnrest && Contrast >= LeastContrast && Thickness <= MostThickness;

    public static LineEvidence Of(Pixels pixels)
    {
        var reading = Drawings.Ink.Read(pixels, Side);
        var mask = reading.Mask;
        var ink = (double)mask.Ink().Count;
        var unrest = Unlike(reading);
        Thinning.Thin(mask);
        return new LineEvidence(
            ink / mask.Points.Length,
            unrest / Math.Max(1, ink),
            reading.Threshold,
            ink / Math.Max(1, mask.Ink().Count) / mask.LongSide
        );
    }

    /// <summary>Points of paper that differ from the mean of the paper around them by half of what makes ink.</summary>
    private static int Unlike(InkReading reading)
    {
        var (mask, grey) = (reading.Mask, reading.Grey);
        var paper = Enumerable.Range(0, grey.Length).Select(at => !Near(mask, at)).ToArray();
        var (levels, counts) = (
            new SquareSums(mask.Width, mask.Height, at => paper[at] ? grey[at] : 0),
            new SquareSums(mask.Width, mask.Height, at => paper[at] ? 1 : 0)
        );
        var (radius, unlike) = (Math.Max(4, mask.LongSide / Window), 0);
        for (var at = 0; at < grey.Length; at++)
        {
            if (paper[at])
            {
                var mean = (double)levels.Around(at, radius) / counts.Around(at, radius);
                unlike += Math.Abs(grey[at] - mean) > reading.Threshold / 2 ? 1 : 0;
            }
        }

        return unlike;
    }

    private static bool Near(Mask mask, int at)
    {
        var (x, y) = (at % mask.Width, at / mask.Width);
        for (var step = 0; step < 25; step++)
        {
            var (atX, atY) = (x + (step % 5) - 2, y + (step / 5) - 2);
            if (atX >= 0 && atY >= 0 && atX < mask.Width && atY < mask.Height && mask.Points[(atY * mask.Width) + atX] != 0)
            {
                return true;
            }
        }

        return false;
    }
}
