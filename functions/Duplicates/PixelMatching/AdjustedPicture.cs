using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
            ColourAdjustment.Channels channels => Luma(picture, Of(channels)),
            ColourAdjustment.Tint tint => Luma(picture, Of(tint)),
            ColourAdjustment.Toned toned => Luma(
                picture,
                Table(level => toned.Shade.Apply(new Ycc(level, 0, 0)).Y),
                toned.BlueShare,
                toned.RedShare
            ),
            _ => picture.Luma,
        };
        var (blue, red) = (new Plane(picture.Blue.Width, picture.Blue.Height), new Plane(picture.Red.Width, picture.Red.Height));
        if (adjustment is ColourAdjustment.Channels three)
        {
            new ChannelTables(three).Apply(picture, blue, red);
        }
        else
        {
            for (var at = 0; at < blue.Values.Length; at++)
            {
                var colour = adjustment.Apply(picture.Colour(at));
                blue.Values[at] = Byte(colour.Blue + PictureDetail.Neutral);
                red.Values[at] = Byte(colour.Red + PictureDetail.Neutral);
            }
        }

        return new ScenePicture(luma, PlaneHalving.Halve(PlaneHalving.Halve(luma)), blue, red);
    }

    /// <summary>Each colour goes through its curve, as it would have at full detail.</summary>
    private static Func<int, int, byte[]> Of(ColourAdjustment.Channels channels)
    {
        var red = Table(level => 0.299 * Math.Clamp(channels.Red * channels.Curve.At(level), 0, 255));
        var green = Table(level => 0.587 * Math.Clamp(channels.Green * channels.Curve.At(level), 0, 255));
        var blue = Table(level => 0.114 * Math.Clamp(channels.Blue * channels.Curve.At(level), 0, 255));
        return (cb, cr) =>
        {
            var (toRed, toGreen, toBlue) = ((359 * cr) >> 8, -((88 * cb) + (183 * cr)) >> 8, (454 * cb) >> 8);
            var table = new byte[256];
            for (var level = 0; level < table.Length; level++)
            {
                var sum =
                    red[Math.Clamp(level + toRed, 0, 255)]
                    + green[Math.Clamp(level + toGreen, 0, 255)]
                    + blue[Math.Clamp(level + toBlue, 0, 255)];
                table[level] = (byte)Math.Min(255, (sum + (Fraction / 2)) / Fraction);
            }

            return table;
        };
    }

    private static Func<int, int, byte[]> Of(ColourAdjustment.Tint tint) =>
        (cb, cr) =>
        {
            var table = new byte[256];
            for (var level = 0; level < table.Length; level++)
            {
                table[level] = Byte(tint.Apply(new Ycc(level, cb, cr)).Y);
            }

            return table;
        };

    /// <summary>
    /// Brightness by tables, one for each colour that cells have: a picture has far fewer colours than cells. Which colour a point
    /// has its cell says.
    /// </summary>
    private static Plane Luma(ScenePicture picture, Func<int, int, byte[]> ofColour)
    {
        var tables = new byte[]?[256 * 256];
        var (blues, reds) = (picture.Blue.Values, picture.Red.Values);
        var result = new Plane(picture.Luma.Width, picture.Luma.Height);
        for (var y = 0; y < result.Height; y++)
        {
            var from = picture.Luma.Row(y);
            var to = result.WritableRow(y);
            var (row, cell) = (y / Cell * picture.Blue.Width, 0);
            ref var first = ref MemoryMarshal.GetReference(from);
            ref var target = ref MemoryMarshal.GetReference(to);
            for (; (cell + 1) * Cell <= from.Length; cell++)
            {
                // Four points at once, each a byte of a number and a place of the 256 of a table.
                ref var table = ref MemoryMarshal.GetArrayDataReference(
                    tables[(blues[row + cell] << 8) | reds[row + cell]] ?? Made(row + cell)
                );
                var points = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, cell * Cell));
                var adjusted =
                    Unsafe.Add(ref table, points & 0xFF)
                    | ((uint)Unsafe.Add(ref table, (points >> 8) & 0xFF) << 8)
                    | ((uint)Unsafe.Add(ref table, (points >> 16) & 0xFF) << 16)
                    | ((uint)Unsafe.Add(ref table, points >> 24) << 24);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, cell * Cell), adjusted);
            }

            for (var x = cell * Cell; x < from.Length; x++)
            {
                to[x] = Made(row + cell)[from[x]];
            }
        }

        return result;

        byte[] Made(int at)
        {
            ref var table = ref tables[(blues[at] << 8) | reds[at]];
            return table ??= ofColour(blues[at] - PictureDetail.Neutral, reds[at] - PictureDetail.Neutral);
        }
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

    private static int[] Table(Func<double, double> level) =>
        [.. Enumerable.Range(0, 256).Select(at => (int)Math.Round(Fraction * level(at)))];

    private static byte Byte(double value) => (byte)Math.Clamp((int)Math.Round(value), 0, 255);
}
