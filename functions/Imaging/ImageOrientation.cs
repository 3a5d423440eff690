using NetVips;

namespace Serverless.Imaging;

/// <summary>An orientation of a picture: rotations are clockwise; mirrored ones are mirrored horizontally first.</summary>
public enum ImageOrientation
{
    Upright,
    Rotated90,
    Rotated180,
    Rotated270,
    Mirrored,
    MirroredRotated90,
    MirroredRotated180,
    MirroredRotated270,
}

internal static class ImageOrientationExtensions
{
    public static readonly ImageOrientation[] Rotations =
    [
        ImageOrientation.Rotated90,
        ImageOrientation.Rotated180,
        ImageOrientation.Rotated270,
    ];

    public static readonly ImageOrientation[] RotationsAndMirrors =
    [
        .. Enum.GetValues<ImageOrientation>().Where(turn => turn != ImageOrientation.Upright),
    ];

    public static bool IsMirrored(this ImageOrientation turn) => turn >= ImageOrientation.Mirrored;

    public static int Quarters(this ImageOrientation turn) => (int)turn % 4;

    /// <summary>Turns a square single-channel picture.</summary>
    public static byte[] Apply(this ImageOrientation turn, byte[] picture, int side)
    {
        var turned = new byte[picture.Length];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (toX, toY) = (turn.IsMirrored() ? side - 1 - x : x, y);
                for (var quarter = 0; quarter < turn.Quarters(); quarter++)
                {
                    (toX, toY) = (side - 1 - toY, toX);
                }

                turned[(toY * side) + toX] = picture[(y * side) + x];
            }
        }

        return turned;
    }

    public static Image Apply(this ImageOrientation turn, Image picture)
    {
        using var mirrored = turn.IsMirrored() ? picture.Flip(Enums.Direction.Horizontal) : picture.Copy();
        return mirrored.Rot((Enums.Angle)turn.Quarters());
    }
}
