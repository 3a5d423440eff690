namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// One adjustment of a whole photograph: a tone curve for red, green and blue alike with a gain of each (exposure, contrast,
/// gamma, white balance), or a tone curve of brightness with a change of all colours together (saturation, greyscale, sepia).
/// What permutes or turns hues is none.
/// </summary>
internal abstract record ColourAdjustment
{
    /// <summary>The colour after the adjustment.</summary>
    public abstract Ycc Apply(Ycc colour);

    /// <summary>How many unknowns it took: of two that explain alike, the one with fewer holds.</summary>
    public abstract int Unknowns { get; }

    /// <summary>Nothing changed.</summary>
    public sealed record None : ColourAdjustment
    {
        public override int Unknowns => 0;

        public override Ycc Apply(Ycc colour) => colour;
    }

    /// <summary>A curve for each of the three colours, the same but for a gain.</summary>
    public sealed record Channels(ToneCubic Curve, double Red, double Green, double Blue) : ColourAdjustment
    {
        public override int Unknowns => (Curve is { Square: 0, Cube: 0 } ? 2 : 4) + (Red == 1 && Green == 1 && Blue == 1 ? 0 : 3);

        public override Ycc Apply(Ycc colour)
        {
            var (red, green, blue) = colour.Rgb;
            return Ycc.Of(Level(Red * Curve.At(red)), Level(Green * Curve.At(green)), Level(Blue * Curve.At(blue)));
        }

        private static double Level(double level) => Math.Clamp(level, 0, 255);
    }

    /// <summary>A curve of brightness; colours are scaled, turned by little, and tinted along brightness.</summary>
    /// <param name="Curve">Of brightness.</param>
    /// <param name="Along">Scale of both colour differences.</param>
    /// <param name="Across">What of the one goes into the other.</param>
    /// <param name="BlueTint">Cb of black.</param>
    /// <param name="BlueSlope">Cb that white has beyond that.</param>
    /// <param name="RedTint">Cr of black.</param>
    /// <param name="RedSlope">Cr that white has beyond that.</param>
    public sealed record Tint(
        ToneCubic Curve,
        double Along,
        double Across,
        double BlueTint,
        double BlueSlope,
        double RedTint,
        double RedSlope
    ) : ColourAdjustment
    {
        public override int Unknowns => Across == 0 && Curve == ToneCubic.Identity ? 1 : 10;

        public override Ycc Apply(Ycc colour)
        {
            var share = colour.Y / 255;
            var (y, blue, red) = (
                Curve.At(colour.Y),
                (Along * colour.Blue) - (Across * colour.Red) + BlueTint + (BlueSlope * share),
                (Across * colour.Blue) + (Along * colour.Red) + RedTint + (RedSlope * share)
            );

            // What red, green and blue cannot show is cut off, and brightness with it.
            return new Ycc(y, blue, red).Shown;
        }
    }

    /// <summary>All colours become shades of one, as in greyscale or sepia.</summary>
    /// <param name="Shade">From the one brightness to the shade; its gains are those of the three colours.</param>
    /// <param name="BlueShare">What of Cb goes into that brightness first: grey is made of colours in more than one way.</param>
    /// <param name="RedShare">What of Cr goes into it.</param>
    public sealed record Toned(Channels Shade, double BlueShare, double RedShare) : ColourAdjustment
    {
        public override int Unknowns => 8;

        public override Ycc Apply(Ycc colour) => Shade.Apply(new Ycc(Grey(colour), 0, 0));

        /// <summary>The one brightness that all three colours are made of.</summary>
        public double Grey(Ycc colour) => Math.Clamp(colour.Y + (BlueShare * colour.Blue) + (RedShare * colour.Red), 0, 255);
    }
}

/// <summary>A colour: brightness from 0 to 255, blue and red less brightness about 0.</summary>
internal readonly record struct Ycc(double Y, double Blue, double Red)
{
    public (double Red, double Green, double Blue) Rgb =>
        (
            Math.Clamp(Y + (1.402 * Red), 0, 255),
            Math.Clamp(Y - (0.344 * Blue) - (0.714 * Red), 0, 255),
            Math.Clamp(Y + (1.772 * Blue), 0, 255)
        );

    /// <summary>Squared distance from grey.</summary>
    public double Saturation => (Blue * Blue) + (Red * Red);

    /// <summary>The colour that is shown: red, green and blue are cut off at their ends.</summary>
    public Ycc Shown
    {
        get
        {
            var (red, green, blue) = (Y + (1.402 * Red), Y - (0.344 * Blue) - (0.714 * Red), Y + (1.772 * Blue));
            return Math.Min(red, Math.Min(green, blue)) >= 0 && Math.Max(red, Math.Max(green, blue)) <= 255
                ? this
                : Of(Math.Clamp(red, 0, 255), Math.Clamp(green, 0, 255), Math.Clamp(blue, 0, 255));
        }
    }

    public static Ycc Of(double red, double green, double blue)
    {
        var y = (0.299 * red) + (0.587 * green) + (0.114 * blue);
        return new Ycc(y, 0.564 * (blue - y), 0.713 * (red - y));
    }
}
