namespace Serverless.Duplicates.PixelMatching;

/// <summary>An adjustment and how well it explains: mean difference in levels, each counted up to a bound.</summary>
/// <param name="IsForward">Whether it leads from the grid picture to the other one.</param>
internal readonly record struct FittedAdjustment(ColourAdjustment Adjustment, bool IsForward, double Cost);

/// <summary>
/// Fits the adjustments that photographs get to the cells of a shared scene, from either picture to the other (what was cut off
/// in the one can be foretold from the other only), and takes the simplest that explains about as much as the best.
/// </summary>
internal static class AdjustmentFit
{
    private const int MostSamples = 1500;
    private const double MostDifference = 24;

    /// <summary>Mean difference up to which nothing need be adjusted.</summary>
    private const double Unadjusted = 1.7;

    /// <summary>How much worse than the best another adjustment may explain to be tried as well: what is cut off is a small part.</summary>
    private const double AboutAsWell = 1.3;
    private const double Slack = 0.3;
    private const int MostTried = 5;

    /// <summary>Share of the difference that a line leaves where it explains clearly more than nothing does.</summary>
    private const double Clearly = 0.7;

    /// <summary>Share of one brightness from which on a picture is a drawing, a page, or a thing on a plain ground.</summary>
    private const double Drawn = 0.5;

    /// <summary>Mean difference that shades of one colour may leave: they leave no colour to differ.</summary>
    private const double MostOfToned = 3.2;

    private const double LeastGain = 0.84;

    private const double MostSaturation = 2.2;

    /// <summary>Tangent of how far colours may turn: about seven degrees.</summary>
    private const double MostTurn = 0.12;

    private const double MostTint = 30;

    /// <summary>The least of the colours that a tint leaves: less is shades of one colour.</summary>
    private const double LeastSaturation = 0.25;

    /// <summary>
    /// The adjustments that explain a scene, worked out as they are asked for: none or a line where that is enough, then those that
    /// explain about as well as the best, best first; of one <paramref name="isPlain"/>, which any curve would explain, a change of
    /// exposure at most.
    /// </summary>
    public static IEnumerable<FittedAdjustment> Fit(SharedScene scene, bool isPlain)
    {
        var (a, b) = Samples(scene);
        var none = new FittedAdjustment(new ColourAdjustment.None(), true, Cost(new ColourAdjustment.None(), a, b));
        FittedAdjustment[] lines;
        if (none.Cost <= Unadjusted)
        {
            yield return none;

            // A page is mostly paper, which cut off does not change, and its ink may be paler all the same.
            lines = [.. Line(a, b, true), .. Line(b, a, false)];
            foreach (var line in lines.Where(line => line.Cost < Clearly * none.Cost))
            {
                yield return line;
            }

            yield break;
        }

        lines = [.. Line(a, b, true), .. Line(b, a, false)];
        var enough = lines.Where(line => line.Cost <= Unadjusted).OrderBy(Score).Take(1).ToList();
        foreach (var line in enough)
        {
            yield return line;
        }

        var isDrawn = Math.Min(scene.Grid.CommonestShare, scene.Other.CommonestShare) > Drawn;
        FittedAdjustment[] fitted = [none, .. lines];

        // The greys of a drawing are its greys only where nothing plainer explains it as well.
        var plainer = isDrawn ? Clearly * fitted.Min(one => one.Cost) : double.PositiveInfinity;
        fitted =
        [
            .. fitted,
            .. Candidates(a, b, true, isPlain, isDrawn).Concat(Candidates(b, a, false, isPlain, isDrawn)).Where(one => one.Cost < plainer),
        ];
        var most = (AboutAsWell * fitted.Min(Score)) + Slack;
        foreach (var one in fitted.Where(one => Score(one) <= most && !enough.Contains(one)).OrderBy(Score).Take(MostTried))
        {
            yield return one;
        }
    }

    /// <summary>Each unknown has to earn its keep.</summary>
    private static double Score(FittedAdjustment fitted) => fitted.Cost * (1 + (0.02 * fitted.Adjustment.Unknowns));

    private static (Ycc[] Grid, Ycc[] Other) Samples(SharedScene scene)
    {
        var (cells, grid, other) = (scene.Grid.Cells, new List<Ycc>(), new List<Ycc>());
        var step = Math.Max(1, cells.Values.Length / MostSamples);
        for (var at = step / 2; at < cells.Values.Length; at += step)
        {
            grid.Add(scene.Grid.Colour(at));
            other.Add(scene.Other.Colour(at));
        }

        return ([.. grid], [.. other]);
    }

    /// <summary>Mean difference in levels that an adjustment leaves, each counted up to a bound.</summary>
    internal static double Cost(ColourAdjustment adjustment, Ycc[] from, Ycc[] to)
    {
        var sum = 0.0;
        for (var at = 0; at < from.Length; at++)
        {
            var adjusted = adjustment.Apply(from[at]);
            sum +=
                Math.Min(MostDifference, Math.Abs(adjusted.Y - to[at].Y))
                + Math.Min(MostDifference, (Math.Abs(adjusted.Blue - to[at].Blue) + Math.Abs(adjusted.Red - to[at].Red)) / 2);
        }

        return sum / from.Length;
    }

    private static IEnumerable<FittedAdjustment> Line(Ycc[] from, Ycc[] to, bool isForward) =>
        Common(from, to, true) is { } line ? [new FittedAdjustment(line, isForward, Cost(line, from, to))] : [];

    private static IEnumerable<FittedAdjustment> Candidates(Ycc[] from, Ycc[] to, bool isForward, bool isPlain, bool isDrawn)
    {
        // The few colours of a drawing, and of a thing on white, could be led to almost any others by more than a line.
        ColourAdjustment?[] candidates = (isPlain, isDrawn) switch
        {
            (true, _) => [],
            (_, true) => [SaturationFit.Of(from, to), TonedFit.Sepia, .. TonedFit.Greys(from, to)],
            _ =>
            [
                SaturationFit.Of(from, to),
                Common(from, to, false),
                Gamma(from, to),
                Balanced(from, to, LeastGain),
                Tinted(from, to),
                TonedFit.Sepia,
                TonedFit.Of(from, to),
            ],
        };
        foreach (var adjustment in candidates)
        {
            if (adjustment is not null && Cost(adjustment, from, to) is var cost && IsEnough(adjustment, cost, from, to, isDrawn))
            {
                yield return new FittedAdjustment(adjustment, isForward, cost);
            }
        }
    }

    private static bool IsEnough(ColourAdjustment adjustment, double cost, Ycc[] from, Ycc[] to, bool isDrawn) =>
        adjustment is ColourAdjustment.Toned toned
            ? cost < MostOfToned && TonedFit.IsOfOneShade(toned, from, to)
            : !isDrawn || cost <= Unadjusted;

    private static ColourAdjustment.Channels? Common(Ycc[] from, Ycc[] to, bool isStraight)
    {
        var (levels, targets) = Levels(from, to, 1, 1, 1);
        var curve = ToneCubic.Fit(levels, targets, isStraight);
        return curve.IsTone ? new ColourAdjustment.Channels(curve, 1, 1, 1) : null;
    }

    private static ColourAdjustment.Channels? Gamma(Ycc[] from, Ycc[] to)
    {
        var (levels, targets) = Levels(from, to, 1, 1, 1);
        return ToneCubic.FitGamma(levels, targets) is { IsTone: true } curve ? new ColourAdjustment.Channels(curve, 1, 1, 1) : null;
    }

    /// <summary>A curve and gains, in turns.</summary>
    internal static ColourAdjustment.Channels? Balanced(Ycc[] from, Ycc[] to, double least)
    {
        var (red, green, blue) = (1.0, 1.0, 1.0);
        var curve = ToneCubic.Identity;
        for (var round = 0; round < 3; round++)
        {
            var (levels, targets) = Levels(from, to, red, green, blue);
            curve = ToneCubic.Fit(levels, targets);
            red = Gain(from, to, curve, least, colour => colour.Red);
            green = Gain(from, to, curve, least, colour => colour.Green);
            blue = Gain(from, to, curve, least, colour => colour.Blue);
        }

        return curve.IsTone ? new ColourAdjustment.Channels(curve, red, green, blue) : null;
    }

    private static (float[] From, float[] To) Levels(Ycc[] from, Ycc[] to, double red, double green, double blue)
    {
        var (levels, targets) = (new float[3 * from.Length], new float[3 * from.Length]);
        for (var at = 0; at < from.Length; at++)
        {
            var (one, other) = (from[at].Rgb, to[at].Rgb);
            (levels[3 * at], levels[(3 * at) + 1], levels[(3 * at) + 2]) = ((float)one.Red, (float)one.Green, (float)one.Blue);
            (targets[3 * at], targets[(3 * at) + 1], targets[(3 * at) + 2]) = (
                Gained(other.Red, red),
                Gained(other.Green, green),
                Gained(other.Blue, blue)
            );
        }

        return (levels, targets);

        // What is cut off stays cut off.
        static float Gained(double level, double gain) => (float)(level is > 251 or < 4 ? level : Math.Clamp(level / gain, 4, 251));
    }

    /// <summary>The median ratio of one colour to what the curve makes of it.</summary>
    private static double Gain(
        Ycc[] from,
        Ycc[] to,
        ToneCubic curve,
        double least,
        Func<(double Red, double Green, double Blue), double> colour
    )
    {
        var (ratios, count) = (new double[from.Length], 0);
        for (var at = 0; at < from.Length; at++)
        {
            var (now, target) = (curve.At(colour(from[at].Rgb)), colour(to[at].Rgb));
            if (now is > 24 and < 248 && target is > 16 and < 250)
            {
                ratios[count++] = target / now;
            }
        }

        return count < 16 ? 1 : Math.Clamp(OrderStatistic.Median(ratios.AsSpan(0, count)), least, 1 / least);
    }

    private static ColourAdjustment.Tint? Tinted(Ycc[] from, Ycc[] to)
    {
        var colour = TintFit.Colours(from, to);
        var tint = Math.Max(
            Math.Max(Math.Abs(colour.BlueTint), Math.Abs(colour.BlueTint + colour.BlueSlope)),
            Math.Max(Math.Abs(colour.RedTint), Math.Abs(colour.RedTint + colour.RedSlope))
        );
        if (
            colour.Along is < LeastSaturation or > MostSaturation
            || Math.Abs(colour.Across) > MostTurn * Math.Max(0.3, colour.Along)
            || tint > MostTint
        )
        {
            return null;
        }

        var curve = ToneCubic.Fit([.. from.Select(one => (float)one.Y)], [.. to.Select(one => (float)one.Y)]);
        return curve.IsTone ? colour with { Curve = curve } : null;
    }
}
