namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// Says whether all that differs is a mark put on top of one of two photographs: lettering of one brightness, opaque or letting
/// the photograph through, or on a band of two tones as captions have. A thing that is in one of the two only is none, and where it
/// may be either it is called a thing.
/// </summary>
internal static class OverlayTest
{
    /// <summary>Share of the scene that marks may take.</summary>
    private const double MostArea = 0.3;

    /// <summary>Share of one brightness from which on a picture is a page or a drawing rather than a photograph.</summary>
    private const double PageToneShare = 0.35;

    /// <summary>Levels by which ink differs from what is under it.</summary>
    private const int Ink = 10;

    private const int LeastInk = 40;

    /// <summary>Share of the difference's root mean square that ink of one brightness may leave unexplained.</summary>
    private const double Unexplained = 0.4;

    /// <summary>What of the photograph shows through ink at most.</summary>
    private const double Opaque = 0.95;

    /// <summary>Share of the ink that lies within, away from every edge of it, in strokes at most.</summary>
    private const double MostWithin = 0.45;

    /// <summary>Share of a caption that has one of its two tones, and the least of either.</summary>
    private const double TwoTones = 0.8;
    private const double LeastTone = 0.06;

    /// <summary>
    /// Share of the root mean square of ink that a point of a stroke differs by, so that letters side by side do not touch.
    /// </summary>
    private const double StrokeShare = 0.6;

    /// <summary>Levels from which on a point of a caption has not the tone of its ground.</summary>
    private const int OtherTone = 40;

    /// <summary>Share of two tones from which on what is under a caption is no photograph.</summary>
    private const double Plain = 0.5;

    public static bool Is(ComparedScene compared, IReadOnlyList<ChangedPlace> places)
    {
        var (a, b) = (compared.Grid.Luma, compared.Other.Luma);
        const int cell = SharedScene.Cell;
        return places.Sum(place => (double)place.Size) * cell * cell < MostArea * a.Width * a.Height
            && Math.Min(compared.Grid.CommonestShare, compared.Other.CommonestShare) < PageToneShare
            && (IsMarked(a, b, places) || IsMarked(b, a, places));
    }

    /// <summary>Whether the second is the first with a mark.</summary>
    private static bool IsMarked(Plane under, Plane marked, IReadOnlyList<ChangedPlace> places)
    {
        double count = 0,
            u = 0,
            m = 0,
            uu = 0,
            um = 0,
            mm = 0,
            difference = 0,
            within = 0;
        var (levels, below) = (new int[32], new int[32]);
        foreach (var place in places)
        {
            var (left, top, right, bottom) = Points(place, under);
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    double p = under.Values[(y * under.Width) + x],
                        q = marked.Values[(y * under.Width) + x];
                    levels[(int)q / 8]++;
                    below[(int)p / 8]++;
                    if (IsInk(under, marked, x, y))
                    {
                        (count, u, m, uu, um, mm, difference) = (
                            count + 1,
                            u + p,
                            m + q,
                            uu + (p * p),
                            um + (p * q),
                            mm + (q * q),
                            difference + ((p - q) * (p - q))
                        );
                        within +=
                            IsInk(under, marked, x - 3, y)
                            && IsInk(under, marked, x + 3, y)
                            && IsInk(under, marked, x, y - 3)
                            && IsInk(under, marked, x, y + 3)
                                ? 1
                                : 0;
                    }
                }
            }
        }

        if (count < LeastInk)
        {
            return false;
        }

        var (varianceU, varianceM, covariance) = (
            (uu / count) - (u / count * (u / count)),
            (mm / count) - (m / count * (m / count)),
            (um / count) - (u / count * (m / count))
        );
        var through = varianceU < 1 ? 0 : Math.Clamp(covariance / varianceU, 0, Opaque);
        var unexplained = Math.Max(0, varianceM - (2 * through * covariance) + (through * through * varianceU));
        var ground = Ground(levels);
        var isInk = Math.Sqrt(unexplained) < Unexplained * Math.Sqrt(difference / count) && within < MostWithin * count;
        return (
                isInk
                && IsLettering(
                    under,
                    places,
                    at => Math.Abs(under.Values[at] - marked.Values[at]) > StrokeShare * Math.Sqrt(difference / count)
                )
            )
            || (
                Tones(levels) is { All: > TwoTones, Lesser: > LeastTone }
                && Tones(below).All < Plain
                && IsLettering(marked, places, at => Math.Abs(marked.Values[at] - ground) > OtherTone)
            );
    }

    /// <summary>The commonest brightness.</summary>
    private static int Ground(int[] levels) => (8 * Array.IndexOf(levels, levels.Max())) + 4;

    private static bool IsLettering(Plane plane, IReadOnlyList<ChangedPlace> places, Func<int, bool> isInk)
    {
        var ink = new bool[plane.Values.Length];
        foreach (var place in places)
        {
            var (left, top, right, bottom) = Points(place, plane);
            for (var y = top; y < bottom; y++)
            {
                for (var x = left; x < right; x++)
                {
                    ink[(y * plane.Width) + x] = isInk((y * plane.Width) + x);
                }
            }
        }

        return InkShapes.AreLetters(ink, plane.Width);
    }

    /// <summary>The share of the two commonest tones together, and of the lesser of them.</summary>
    private static (double All, double Lesser) Tones(int[] levels)
    {
        // A tone is two neighbouring bins; the second begins where the first cannot reach.
        double all = levels.Sum();
        var first = Enumerable.Range(0, levels.Length - 1).MaxBy(at => levels[at] + levels[at + 1]);
        var second = Enumerable.Range(0, levels.Length - 1).Where(at => Math.Abs(at - first) > 3).MaxBy(at => levels[at] + levels[at + 1]);
        var (one, other) = ((levels[first] + levels[first + 1]) / all, (levels[second] + levels[second + 1]) / all);
        return (one + other, Math.Min(one, other));
    }

    private static bool IsInk(Plane under, Plane marked, int x, int y) => Math.Abs(under.Nearest(x, y) - marked.Nearest(x, y)) >= Ink;

    private static (int Left, int Top, int Right, int Bottom) Points(ChangedPlace place, Plane plane)
    {
        const int cell = SharedScene.Cell;
        return (
            place.Left * cell,
            place.Top * cell,
            Math.Min(plane.Width, place.Right * cell),
            Math.Min(plane.Height, place.Bottom * cell)
        );
    }
}
