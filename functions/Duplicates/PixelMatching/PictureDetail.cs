using Serverless.Imaging;

namespace Serverless.Duplicates.PixelMatching;

/// <summary>
/// A picture as the comparison in full detail reads it: brightness at full detail and at every half of it, and the two colour
/// differences averaged over 4 × 4 points. About 1.5 bytes a point.
/// </summary>
internal sealed class PictureDetail
{
    /// <summary>Points a side that one colour value stands for.</summary>
    public const int ColourCell = 4;

    /// <summary>Value of a colour difference of nothing.</summary>
    public const int Neutral = 128;

    /// <summary>Levels of the pyramid end where the shorter side would have fewer points.</summary>
    private const int LeastSide = 12;

    private readonly List<Plane> levels;

    private PictureDetail(Plane luma, Plane blue, Plane red, int originX, int originY)
    {
        levels = [luma];
        while (Math.Min(levels[^1].Width, levels[^1].Height) >= 2 * LeastSide)
        {
            levels.Add(PlaneHalving.Halve(levels[^1]));
        }

        (Blue, Red, OriginX, OriginY) = (blue, red, originX, originY);
    }

    public int Width => Luma.Width;

    public int Height => Luma.Height;

    /// <summary>Brightness at full detail.</summary>
    public Plane Luma => levels[0];

    /// <summary>
    /// Blue less brightness (Cb), from 0 to 255 about <see cref="Neutral"/>, a value for each <see cref="ColourCell"/> points a side.
    /// </summary>
    public Plane Blue { get; }

    /// <summary>Red less brightness (Cr), alike.</summary>
    public Plane Red { get; }

    /// <summary>
    /// Points by which the first colour cell begins left of the picture: a turned picture may begin with a cell that it fills in part.
    /// </summary>
    public int OriginX { get; }

    /// <summary>Points by which the first colour cell begins above the picture.</summary>
    public int OriginY { get; }

    /// <summary>The steps to which the file that it was read from rounds its blocks; null where that is not known, or not a JPEG.</summary>
    public float[]? Steps { get; private init; }

    /// <summary>Whether some of the picture can be seen through; its colours are those over a ground.</summary>
    public bool IsTransparent { get; private init; }

    /// <summary>Whether it has no more colours than a palette holds; not known of a JPEG, which writes others.</summary>
    public bool IsPalette { get; private init; }

    public int Levels => levels.Count;

    /// <summary>Brightness at 1/2^<paramref name="level"/> of the detail.</summary>
    public Plane Level(int level) => levels[level];

    public static PictureDetail Of(Pixels pixels) => Of(pixels, null);

    /// <param name="steps">Those of <see cref="JpegQuantisation"/>.</param>
    public static PictureDetail Of(Pixels pixels, float[]? steps)
    {
        var (luma, blue, red) = PlaneConversion.Of(pixels.Rgb, pixels.Width, pixels.Height);
        return new PictureDetail(luma, blue, red, 0, 0)
        {
            Steps = steps,
            IsTransparent = pixels.IsTransparent,
            IsPalette = steps is null && Palette.Is(pixels.Rgb),
        };
    }

    /// <summary>The same picture turned.</summary>
    public PictureDetail Turned(ImageOrientation turn)
    {
        if (turn == ImageOrientation.Upright)
        {
            return this;
        }

        // The rest of the last cell, which lies outside of the picture, may come to lie before the first.
        var (restX, restY) = ((Blue.Width * ColourCell) - OriginX - Width, (Blue.Height * ColourCell) - OriginY - Height);
        var (left, top, right, bottom) = turn.IsMirrored() ? (restX, OriginY, OriginX, restY) : (OriginX, OriginY, restX, restY);
        for (var quarter = 0; quarter < turn.Quarters(); quarter++)
        {
            (left, top, right, bottom) = (bottom, left, top, right);
        }

        return new PictureDetail(PlaneTurning.Turn(Luma, turn), PlaneTurning.Turn(Blue, turn), PlaneTurning.Turn(Red, turn), left, top)
        {
            IsTransparent = IsTransparent,
            IsPalette = IsPalette,
        };
    }

    /// <summary>Whether every value is the same.</summary>
    public bool Equals(PictureDetail other) =>
        Width == other.Width
        && Height == other.Height
        && OriginX == other.OriginX
        && OriginY == other.OriginY
        && Luma.Values.AsSpan().SequenceEqual(other.Luma.Values)
        && Blue.Values.AsSpan().SequenceEqual(other.Blue.Values)
        && Red.Values.AsSpan().SequenceEqual(other.Red.Values);
}
