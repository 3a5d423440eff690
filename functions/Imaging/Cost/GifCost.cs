namespace Serverless.Imaging.Cost;

/// <summary>A GIF frame takes a dozen bytes in the file, and decoders keep a record of each.</summary>
internal static class GifCost
{
    public const int MostFrames = 20_000;

    public static string? RejectionReason(ReadOnlySpan<byte> bytes) =>
        Frames(bytes) > MostFrames ? ImageCost.TooMany("GIF", MostFrames, "frames") : null;

    /// <summary>The number of frames in the file; counting stops after <see cref="MostFrames"/>.</summary>
    public static int Frames(ReadOnlySpan<byte> bytes)
    {
        var frames = 0;
        if (bytes.Length < 13)
        {
            return frames;
        }

        for (var at = 13 + ColourTable(bytes[10]); at + 10 <= bytes.Length; )
        {
            if (bytes[at] == 0x2C)
            {
                if (++frames > MostFrames)
                {
                    return frames;
                }

                at += 11 + ColourTable(bytes[at + 9]);
            }
            else if (bytes[at] == 0x21)
            {
                at += 2;
            }
            else
            {
                break;
            }

            while (at < bytes.Length && bytes[at] != 0)
            {
                at += bytes[at] + 1;
            }

            at++;
        }

        return frames;
    }

    private static int ColourTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
