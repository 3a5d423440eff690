using Serverless.Features;

namespace Serverless.Ledger;

/// <summary>
/// What the pixels of a picture tell as one column of at most 36 bytes. It can be found out again at any time: what is of another version,
/// or damaged, is as good as nothing.
/// </summary>
internal static class StoredFeatures
{
    public const string Column = "Visual";

    private const int Head = 16;
    private const double Full = 255;

    public static byte[]? ToBytes(VisualFeatures? features)
    {
        if (features is null)
        {
            return null;
        }

        var subject = features.Subject ?? default;
        return
        [
            VisualFeatures.VersionOfToday,
            FlagsOf(features),
            (byte)features.Foreground,
            (byte)features.Background,
            (byte)features.Brightness,
            (byte)features.Chroma,
            (byte)features.Symmetry,
            (byte)features.Sharpness,
            (byte)features.Noise,
            (byte)features.CopySpace,
            Part(subject.Left),
            Part(subject.Top),
            Part(subject.Right),
            Part(subject.Bottom),
            Part(subject.Certainty),
            (byte)features.Palette.Count,
            .. features.Palette.SelectMany(colour => new[] { colour.Red, colour.Green, colour.Blue, Part(colour.Share) }),
        ];
    }

    public static VisualFeatures? Parse(byte[]? bytes)
    {
        if (VersionOf(bytes) != VisualFeatures.VersionOfToday || bytes!.Length < Head || bytes.Length != Head + (4 * bytes[Head - 1]))
        {
            return null;
        }

        var flags = (Flags)bytes[1];
        return !IsSound(bytes)
            ? null
            : new VisualFeatures
            {
                Foreground = (ColourName)bytes[2],
                Background = (ColourName)bytes[3],
                Brightness = bytes[4],
                Chroma = bytes[5],
                Symmetry = bytes[6],
                Sharpness = bytes[7],
                Noise = bytes[8],
                CopySpace = (Places)bytes[9],
                IsBlackAndWhite = flags.HasFlag(Flags.BlackAndWhite),
                IsTransparent = flags.HasFlag(Flags.Transparent),
                IsIsolated = flags.HasFlag(Flags.Isolated),
                Subject = flags.HasFlag(Flags.Subject)
                    ? new Subject(bytes[10] / Full, bytes[11] / Full, bytes[12] / Full, bytes[13] / Full, bytes[14] / Full)
                    : null,
                Palette =
                [
                    .. bytes[Head..].Chunk(4).Select(colour => new PaletteColour(colour[0], colour[1], colour[2], colour[3] / Full)),
                ],
            };
    }

    /// <summary>The version of what a row has; 0 where it has nothing.</summary>
    public static int VersionOf(byte[]? bytes) => bytes is [var version, ..] ? version : 0;

    private static bool IsSound(byte[] bytes) =>
        Enum.IsDefined((ColourName)bytes[2])
        && Enum.IsDefined((ColourName)bytes[3])
        && bytes[4..9].All(percent => percent <= 100)
        && bytes[9] < (int)Places.Center
        && bytes[10] <= bytes[12]
        && bytes[11] <= bytes[13]
        && bytes[Head - 1] is > 0 and <= Palette.Most;

    private static byte FlagsOf(VisualFeatures features) =>
        (byte)(
            (features.IsBlackAndWhite ? Flags.BlackAndWhite : 0)
            | (features.IsTransparent ? Flags.Transparent : 0)
            | (features.IsIsolated ? Flags.Isolated : 0)
            | (features.Subject is null ? 0 : Flags.Subject)
        );

    private static byte Part(double share) => (byte)Math.Round(Full * Math.Clamp(share, 0, 1));

    [Flags]
    private enum Flags
    {
        BlackAndWhite = 1,
        Transparent = 2,
        Isolated = 4,
        Subject = 8,
    }
}
