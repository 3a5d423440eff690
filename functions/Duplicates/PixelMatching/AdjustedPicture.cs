namespace Serverless.Duplicates.PixelMatching;

/// <summary>Applies an adjustment to one picture of a shared scene: to brightness at every point, to colour in every cell.</summary>
internal static class AdjustedPicture
{
    private const int Cell = SharedScene.Cell;

    /// <summary>Fractions of a level that tables hold.</summary>
    private const int Fraction = 256;

    public static ScenePicture Of(ScenePicture picture, ColourAdjustment adjustment)
    {
        if (adjustment is ColourAdjustment.None)
        {
            return picture;
        }

        var luma = adjustment switch
        {
            ColourAdjustment.Channels channels => Luma(picture, channels),
            ColourAdjustment.Tint tint => Luma(picture, Table(tint.Curve.At), 0, 0),
            ColourAdjustment.Toned toned => Luma(picture, Table(level => toned.Shade.Apply(new Ycc(level, 0, 0)).Y), toned.BlueShare, toned.RedShare),
            _ => picture.Luma,
        };
        var (blue, red) = (new Plane(picture.Blue.Width, picture.Blue.Height), new Plane(picture.Red.Width, picture.Red.Height));
        for (var at = 0; at < blue.Values.Length; at++)
        {
            var colour = adjustment.Apply(picture.Colour(at));
            blue.Values[at] = Byte(colour.Blue + PictureDetail.Neutral);
            red.Values[at] = Byte(colour.Red + PictureDetail.Neutral);
        }

        return new ScenePicture(luma, PlaneHalving.Halve(PlaneHalving.Halve(luma)), blue, red);
    }

    private static Plane Luma(ScenePicture picture, ColourAdjustment.Channels channels)
    {
        // Each colour goes through its curve, as it would have at full detail; which colour a point has its cell says.
        var red = Table(level => 0.299 * Math.Clamp(channels.Red * channels.Curve.At(level), 0, 255));
        var green = Table(level => 0.587 * Math.Clamp(channels.Green * channels.Curve.At(level), 0, 255));
        var blue = Table(level => 0.114 * Math.Clamp(channels.Blue * channels.Curve.At(level), 0, 255));
        var result = new Plane(picture.Luma.Width, picture.Luma.Height);
        for (var y = 0; y < result.Height; y++)
        {
            var from = picture.Luma.Row(y);
            var to = result.WritableRow(y);
            for (var cell = 0; cell * Cell < from.Length; cell++)
            {
                var at = (y / Cell * picture.Blue.Width) + cell;
                var (cb, cr) = (picture.Blue.Values[at] - PictureDetail.Neutral, picture.Red.Values[at] - PictureDetail.Neutral);
                var (toRed, toGreen, toBlue) = ((359 * cr) >> 8, -((88 * cb) + (183 * cr)) >> 8, (454 * cb) >> 8);
                for (var x = cell * Cell; x < Math.Min(from.Length, (cell + 1) * Cell); x++)
                {
                    var sum = red[Math.Clamp(from[x] + toRed, 0, 255)] + green[Math.Clamp(from[x] + toGreen, 0, 255)] + blue[Math.Clamp(from[x] + toBlue, 0, 255)];
                    to[x] = (byte)Math.Min(255, (sum + (Fraction / 2)) / Fraction);
                }
            }
        }

        return result;
    }

    /// <summary>A table of brightness, which colour adds a share to first.</summary>
    private static Plane Luma(ScenePicture picture, int[] table, double blueShare, double redShare)
    {
        var result = new Plane(picture.Luma.Width, picture.Luma.Height);
        for (var y = 0; y < result.Height; y++)
        {
            var from = picture.Luma.Row(y);
            var to = result.WritableRow(y);
            for (var cell = 0; cell * Cell < from.Length; cell++)
            {
                var colour = picture.Colour((y / Cell * picture.Blue.Width) + cell);
                var share = (int)Math.Round((blueShare * colour.Blue) + (redShare * colour.Red));
                for (var x = cell * Cell; x < Math.Min(from.Length, (cell + 1) * Cell); x++)
                {
                    to[x] = (byte)Math.Clamp((table[Math.Clamp(from[x] + share, 0, 255)] + (Fraction / 2)) / Fraction, 0, 255);
                }
            }
        }

        return result;
    }

    private static int[] Table(Func<double, double> level) => [.. Enumerable.Range(0, 256).Select(at => (int)Math.Round(Fraction * level(at)))];

    private static byte Byte(double value) => (byte)Math.Clamp((int)Math.Round(value), 0, 255);
}
