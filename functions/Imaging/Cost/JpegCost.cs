using System.Buffers.Binary;

namespace Serverless.Imaging.Cost;

/// <summary>
/// Each scan of a progressive JPEG processes all pixels again but takes only a few bytes. Encoders write about ten.
/// </summary>
internal static class JpegCost
{
    public const int MostScans = 100;
    public const int MostSegments = 5_000;

    public static string? RejectionReason(ReadOnlySpan<byte> bytes)
    {
        var (scans, segments) = (0, 0);
        for (var at = 2; NextMarker(bytes, ref at) is { } marker && marker != 0xD9; segments++)
        {
            scans += marker == 0xDA ? 1 : 0;
            if (scans > MostScans)
            {
                return ImageCost.TooMany("JPEG", MostScans, "scans");
            }

            if (segments >= MostSegments)
            {
                return ImageCost.TooMany("JPEG", MostSegments, "segments");
            }

            if (at + 2 > bytes.Length)
            {
                break;
            }

            at += BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        }

        return null;
    }

    /// <summary>Skips entropy-coded data, stuffed bytes and restart markers, like a decoder; null at the end of the file.</summary>
    private static byte? NextMarker(ReadOnlySpan<byte> bytes, ref int at)
    {
        while (at < bytes.Length)
        {
            var found = bytes[at..].IndexOf((byte)0xFF);
            if (found < 0)
            {
                break;
            }

            at += found + 1;
            while (at < bytes.Length && bytes[at] == 0xFF)
            {
                at++;
            }

            if (at < bytes.Length && bytes[at++] is var marker and not (0x00 or 0x01 or (>= 0xD0 and <= 0xD8)))
            {
                return marker;
            }
        }

        return null;
    }
}
