namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// The line that takes the tones of one page to those of another, from its print: of the few brightnesses that a page has any
/// other fit says little, as nearly all of them are paper.
/// </summary>
internal static class PageTones
{
    private const int Rounds = 3;

    /// <summary>Every third row is enough.</summary>
    private const int Stride = 3;

    private const double LeastGain = 0.3;
    private const double MostGain = 3.2;

    /// <summary>Levels that are cut off, or nearly.</summary>
    private const int Black = 3;
    private const int White = 252;

    /// <summary>Levels by which what is compressed may be off the line, at least.</summary>
    private const double Tolerance = 12;

    /// <summary>The one with the tones of the other; null where no line leads there.</summary>
    public static Plane? Line(Plane from, Plane to)
    {
        var (gain, offset) = (1.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            var most = round == 0 ? double.PositiveInfinity : Tolerance;
            double count = 0,
                a = 0,
                b = 0,
                aa = 0,
                ab = 0;
            for (var y = 0; y < from.Height; y += Stride)
            {
                var row = from.Row(y);
                var target = to.Row(y);
                for (var x = 0; x < row.Length; x++)
                {
                    int p = row[x],
                        q = target[x];
                    if (q is > Black and < White && Math.Abs((gain * p) + offset - q) <= most)
                    {
                        (count, a, b, aa, ab) = (count + 1, a + p, b + q, aa + (p * p), ab + (p * q));
                    }
                }
            }

            var variance = (aa * count) - (a * a);
            gain = variance <= 0 ? 0 : ((ab * count) - (a * b)) / variance;
            if (gain is not (> LeastGain and < MostGain))
            {
                return null;
            }

            offset = (b - (gain * a)) / count;
        }

        byte[] table = [.. Enumerable.Range(0, 256).Select(level => (byte)Math.Clamp((int)Math.Round((gain * level) + offset), 0, 255))];
        var result = new Plane(from.Width, from.Height);
        for (var at = 0; at < result.Values.Length; at++)
        {
            result.Values[at] = table[from.Values[at]];
        }

        return result;
    }
}
