namespace Serverless.Duplicates.PixelMatching;

/// <summary>Fits a picture in shades of one colour, as greyscale and sepia are, to what it may be made of.</summary>
internal static class TonedFit
{
    private const int Rounds = 3;

    /// <summary>What of a colour difference may go into grey: the plain mean of the three colours takes .48 of Cb.</summary>
    private const double MostShare = 0.6;

    /// <summary>The least gain of a colour in a picture in shades of one colour, as sepia is.</summary>
    private const double LeastToning = 0.72;

    /// <summary>Levels that the tones may be off those of the picture; a palette is bent, or stretched, by more.</summary>
    private const double MostBent = 24;

    /// <summary>The same where the shades have a colour: those of sepia are brighter than what they are made of.</summary>
    private const double MostBentOfColour = 60;

    /// <summary>The same of a drawing, whose few colours any curve would join.</summary>
    private const double MostBentOfDrawing = 8;

    /// <summary>Difference of two gains up to which shades are grey.</summary>
    private const double NearlyGrey = 0.03;

    /// <summary>Levels by which colours may be off the shade, and the share of them that may be by more.</summary>
    private const double MostOff = 10;
    private const int OneOf = 50;

    /// <summary>
    /// How grey is made of colours: by the brightness of television, by that of high definition, as the mean of the three.
    /// </summary>
    private static readonly (double Blue, double Red)[] WaysToGrey = [(0, 0), (-0.118, -0.213), (0.476, 0.229)];

    /// <summary>What programs call sepia: one matrix everywhere.</summary>
    public static ColourAdjustment.Toned Sepia { get; } =
        new(new ColourAdjustment.Channels(ToneCubic.Identity, 1.351, 1.203, 0.937), 0.052, 0);

    public static ColourAdjustment.Toned? Of(Ycc[] from, Ycc[] to)
    {
        var toned = new ColourAdjustment.Toned(new ColourAdjustment.Channels(ToneCubic.Identity, 1, 1, 1), 0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            if (Shade(toned, from, to) is not { } shade)
            {
                return null;
            }

            var (blue, red) = TintFit.Shares(from, to, toned with { Shade = shade }, MostShare);
            toned = toned with { Shade = shade, BlueShare = blue, RedShare = red };
        }

        return IsGrey(toned) ? (toned.Shade.Curve.Bent <= MostBent ? toned : null)
            : IsWarm(toned.Shade) && toned.Shade.Curve.Bent <= MostBentOfColour ? toned
            : null;
    }

    /// <summary>Of a drawing: its few colours could be mixed into almost any greys, so only by the ways in which programs do.</summary>
    public static IEnumerable<ColourAdjustment.Toned> Greys(Ycc[] from, Ycc[] to)
    {
        foreach (var (blue, red) in WaysToGrey)
        {
            var toned = new ColourAdjustment.Toned(new ColourAdjustment.Channels(ToneCubic.Identity, 1, 1, 1), blue, red);
            if (Shade(toned, from, to) is { } shade && shade.Curve.Bent <= MostBentOfDrawing && IsGrey(toned with { Shade = shade }))
            {
                yield return toned with
                {
                    Shade = shade,
                };
            }
        }
    }

    /// <summary>Whether the picture has no colours but the shade: otherwise a thing of another colour would be explained with it.</summary>
    public static bool IsOfOneShade(ColourAdjustment.Toned toned, Ycc[] from, Ycc[] to)
    {
        var off = new double[to.Length];
        for (var at = 0; at < off.Length; at++)
        {
            var adjusted = toned.Apply(from[at]);
            off[at] = Math.Max(Math.Abs(adjusted.Blue - to[at].Blue), Math.Abs(adjusted.Red - to[at].Red));
        }

        return off.Length == 0 || OrderStatistic.At<double>(off, off.Length - 1 - (off.Length / OneOf)) <= MostOff;
    }

    private static ColourAdjustment.Channels? Shade(ColourAdjustment.Toned toned, Ycc[] from, Ycc[] to) =>
        AdjustmentFit.Balanced([.. from.Select(one => new Ycc(toned.Grey(one), 0, 0))], to, LeastToning);

    /// <summary>Whether the shades are those of sepia: a grey thing on grey that became blue, or green, is another thing.</summary>
    private static bool IsWarm(ColourAdjustment.Channels shade) => shade.Red >= shade.Green && shade.Green >= shade.Blue;

    private static bool IsGrey(ColourAdjustment.Toned toned)
    {
        var (red, green, blue) = (toned.Shade.Red, toned.Shade.Green, toned.Shade.Blue);
        return Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue)) < NearlyGrey;
    }
}
