using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>A JPEG's markers, from its beginning through every scan.</summary>
/// <param name="Process">The frame marker: 0xC0 baseline, 0xC2 progressive, 0xC3 lossless, …</param>
/// <param name="Walked">The offset reached.</param>
/// <param name="End">The offset after the end-of-image marker; -1 if the file ends before it.</param>
internal readonly record struct JpegStructure(
    int Process,
    int Precision,
    int Width,
    int Height,
    int Components,
    bool HasAdobe,
    bool HasHalvedChroma,
    int Scans,
    int End,
    int Walked
)
{
    private const int FrameHeader = 8;

    /// <summary>Baseline, extended or progressive with 8 bits: supported by every program.</summary>
    public bool IsCommon => Process is 0xC0 or 0xC1 or 0xC2 && Precision == 8 && Width > 0 && Height > 0;

    public bool IsWhole => End > 0 && Scans > 0;

    /// <param name="tolerant">Skips bytes between segments, like decoders.</param>
    public static JpegStructure Read(ReadOnlySpan<byte> bytes, bool tolerant = true)
    {
        var found = new JpegStructure { End = -1 };
        var at = 2;
        while (NextMarker(bytes, ref at, tolerant) is var marker and >= 0)
        {
            if (marker == 0xD9)
            {
                return found with { End = at, Walked = at };
            }

            if (!tolerant && marker is (0 or 0xD8))
            {
                break;
            }

            if (marker is 0 or 1 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }

            var length = at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]) : 0;
            if (length < 2 || at + length > bytes.Length)
            {
                break;
            }

            found = Segment(found, marker, bytes.Slice(at + 2, length - 2));
            at += length;
            if (marker == 0xDA)
            {
                at = SkipScan(bytes, at);
            }
        }

        return found with
        {
            Walked = Math.Min(at, bytes.Length),
        };
    }

    private static JpegStructure Segment(JpegStructure found, int marker, ReadOnlySpan<byte> data) =>
        marker switch
        {
            0xDA => found with { Scans = found.Scans + 1 },
            0xEE when data.StartsWith("Adobe"u8) => found with { HasAdobe = true },
            (>= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) or 0xF7 when data.Length >= FrameHeader - 2 && found.Process == 0 =>
                found with
                {
                    Process = marker,
                    Precision = data[0],
                    Height = BinaryPrimitives.ReadUInt16BigEndian(data[1..]),
                    Width = BinaryPrimitives.ReadUInt16BigEndian(data[3..]),
                    Components = data[5],
                    HasHalvedChroma = data.Length >= 18 && data[7] > data[10] && data[10] == data[13],
                },
            _ => found,
        };

    /// <summary>The next marker, with <paramref name="at"/> moved past it; -1 if there is none.</summary>
    private static int NextMarker(ReadOnlySpan<byte> bytes, ref int at, bool tolerant)
    {
        if (at >= bytes.Length || (!tolerant && bytes[at] != 0xFF))
        {
            return -1;
        }

        var skipped = bytes[at..].IndexOf((byte)0xFF);
        at = skipped < 0 ? bytes.Length : at + skipped;
        while (at < bytes.Length && bytes[at] == 0xFF)
        {
            at++;
        }

        return at < bytes.Length ? bytes[at++] : -1;
    }

    /// <summary>The position of the marker that ends a scan; stuffed bytes and restarts belong to the scan.</summary>
    private static int SkipScan(ReadOnlySpan<byte> bytes, int at)
    {
        while (bytes[at..].IndexOf((byte)0xFF) is var next and >= 0 && at + next + 1 < bytes.Length)
        {
            at += next;
            if (bytes[at + 1] is not (0 or (>= 0xD0 and <= 0xD7)))
            {
                return at;
            }

            at += 2;
        }

        return bytes.Length;
    }
}
