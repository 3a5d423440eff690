namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// The colour of each area of a picture that does not follow from its brightness. A greyscale or sepia picture has none: all of its
/// colour is one smooth, pale tint along brightness.
/// </summary>
internal sealed class OwnColour
{
    private const int Unknowns = 3;
    private const int Width = Unknowns + 1;

    /// <summary>Areas along the shorter side that are enough; each is at most this many halvings of the cells.</summary>
    private const int Areas = 32;
    private const int MostHalvings = 2;

    /// <summary>A stronger tint is a colour: a red logo on white is not one in shades of grey.</summary>
    private const double MostTint = 45;

    /// <summary>
    /// Levels by which darker areas may be bluer or greener than white is. The tint of a light grows with brightness, and sepia is warm:
    /// more than this is a thing of that colour on a neutral ground.
    /// </summary>
    private const double MostColdShade = 10;

    /// <summary>Levels of colour that compression does not make over an area.</summary>
    private const double Least = 5;

    /// <summary>Share of the colour of another picture below which this one has lost it.</summary>
    private const double Lost = 0.5;

    /// <summary>Coloured areas that are enough for a coloured picture, and those that are where their colours are pale.</summary>
    private const int LeastAreas = 4;
    private const double LeastShareOfPale = 0.05;
    private const double Pale = 10;

    /// <summary>Levels of colour, root mean square, that a picture in shades of one colour has by compression and clipping.</summary>
    private const double MostOfShades = 4;

    private readonly (double Blue, double Red)[] areas;

    /// <summary>Squared colour of each area, its tint included.</summary>
    private readonly double[] all;

    private OwnColour((double Blue, double Red)[] areas, double[] all) => (this.areas, this.all) = (areas, all);

    public static OwnColour Of(ScenePicture picture)
    {
        var (cells, blue, red) = (picture.Cells, picture.Blue, picture.Red);
        for (var halving = 0; halving < MostHalvings && Math.Min(cells.Width, cells.Height) >= 2 * Areas; halving++)
        {
            (cells, blue, red) = (PlaneHalving.Halve(cells), PlaneHalving.Halve(blue), PlaneHalving.Halve(red));
        }

        var (ofBlue, ofRed) = (Tint(cells, blue), Tint(cells, red));
        var (areas, all) = (new (double, double)[blue.Values.Length], new double[blue.Values.Length]);
        for (var at = 0; at < areas.Length; at++)
        {
            var level = cells.Values[at] / 255.0;
            var (tintBlue, tintRed) = (ofBlue.At(level), ofRed.At(level));
            var isColdShade = tintBlue - Math.Max(0, ofBlue.At(1)) > MostColdShade || Math.Min(0, ofRed.At(1)) - tintRed > MostColdShade;
            var share = isColdShade ? 0 : Math.Min(1, MostTint / Math.Max(1, Math.Sqrt((tintBlue * tintBlue) + (tintRed * tintRed))));
            var colour = (Blue: blue.Values[at] - PictureDetail.Neutral, Red: red.Values[at] - PictureDetail.Neutral);
            areas[at] = (colour.Blue - (share * tintBlue), colour.Red - (share * tintRed));
            all[at] = Square(colour);
        }

        return new OwnColour(areas, all);
    }

    /// <summary>Whether this picture has colour that another of the same scene has lost.</summary>
    public bool IsLostIn(OwnColour other)
    {
        var (count, here, there, allHere, allThere) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var at = 0; at < areas.Length; at++)
        {
            if (Square(areas[at]) is var square && square >= Least * Least)
            {
                count++;
                here += square;
                there += Square(other.areas[at]);
                allHere += all[at];
                allThere += other.all[at];
            }
        }

        return count >= LeastAreas
            && (here > Pale * Pale * count || count > LeastShareOfPale * areas.Length)
            && there < Lost * Lost * here
            && (allThere < Lost * Lost * allHere || there < MostOfShades * MostOfShades * count);
    }

    private static double Square((double Blue, double Red) colour) => (colour.Blue * colour.Blue) + (colour.Red * colour.Red);

    /// <summary>Least squares of one colour difference along brightness.</summary>
    private static Quadratic Tint(Plane cells, Plane colour)
    {
        Span<double> system = stackalloc double[Unknowns * Width];
        system.Clear();
        for (var at = 0; at < colour.Values.Length; at++)
        {
            var level = cells.Values[at] / 255.0;
            LinearSystem.Add(system, [1, level, level * level, colour.Values[at] - PictureDetail.Neutral]);
        }

        for (var row = 0; row < Unknowns; row++)
        {
            system[(row * Width) + row] += 1e-4 * colour.Values.Length;
        }

        return LinearSystem.TrySolve(system, Unknowns)
            ? new Quadratic(system[Unknowns], system[Width + Unknowns], system[(2 * Width) + Unknowns])
            : default;
    }

    private readonly record struct Quadratic(double Constant, double Linear, double Square)
    {
        public double At(double x) => Constant + (x * (Linear + (x * Square)));
    }
}
