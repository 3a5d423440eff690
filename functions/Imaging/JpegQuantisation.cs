using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>The luma quantisation table of a JPEG.</summary>
internal static class JpegQuantisation
{
    /// <summary>Pixels along a side of a block.</summary>
    public const int Side = 8;

    private const int Count = Side * Side;

    /// <summary>Sizes of a frame header up to its components, and of each component.</summary>
    private const int BeforeComponents = 6;
    private const int OfComponent = 3;

    /// <summary>Limits at about quality 17: the DC step, and the mean of all steps.</summary>
    private const float MostOfMean = 48;
    private const float MostOnAverage = 150;

    /// <summary>The zigzag order: from file order to rows and columns.</summary>
    // csharpier-ignore
    private static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>
    /// The 64 steps, row by row; null if the file has none, or its luma is subsampled. If tables are redefined between scans, the first
    /// count.
    /// </summary>
    public static float[]? OfBrightness(ReadOnlySpan<byte> bytes)
    {
        var tables = new float[4][];
        var at = 2;
        while (at + 4 <= bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (length < 2 || at + 2 + length > bytes.Length || marker == 0xDA)
            {
                return null;
            }

            var data = bytes.Slice(at + 4, length - 2);
            if (marker == 0xDB)
            {
                Read(data, tables);
            }
            else if (marker is 0xC0 or 0xC1 or 0xC2)
            {
                return
                    Component(data) is { } table
                    && (tables[table] ?? Later(bytes[(at + 2 + length)..], tables, table)) is { } steps
                    && IsSound(steps)
                    ? steps
                    : null;
            }

            at += 2 + length;
        }

        return null;
    }

    /// <summary>Tables may follow the frame header.</summary>
    private static float[]? Later(ReadOnlySpan<byte> bytes, float[][] tables, int table)
    {
        for (var at = 0; at + 4 <= bytes.Length && bytes[at] == 0xFF && bytes[at + 1] != 0xDA; )
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length)
            {
                return null;
            }

            if (bytes[at + 1] == 0xDB)
            {
                Read(bytes.Slice(at + 4, length - 2), tables);
            }

            at += 2 + length;
        }

        return tables[table];
    }

    /// <summary>The first component's table, if it is at full size.</summary>
    private static int? Component(ReadOnlySpan<byte> frame)
    {
        if (
            frame.Length < BeforeComponents + OfComponent
            || frame[0] != 8
            || frame[5] is not (1 or 3)
            || frame.Length < BeforeComponents + (OfComponent * frame[5])
        )
        {
            return null;
        }

        var sampling = frame[BeforeComponents + 1];
        for (var at = BeforeComponents + OfComponent + 1; at < BeforeComponents + (OfComponent * frame[5]); at += OfComponent)
        {
            if (frame[at] >> 4 > sampling >> 4 || (frame[at] & 15) > (sampling & 15))
            {
                return null;
            }
        }

        return frame[BeforeComponents + 2] is < 4 and var table ? table : null;
    }

    /// <summary>A file may use any steps; absurdly large ones are ignored.</summary>
    private static bool IsSound(float[] steps) =>
        steps.All(step => step >= 1) && steps[0] <= MostOfMean && steps.Average() <= MostOnAverage;

    private static void Read(ReadOnlySpan<byte> data, float[][] tables)
    {
        while (data.Length > 0)
        {
            var (size, table) = (data[0] >> 4 == 0 ? 1 : 2, data[0] & 15);
            data = data[1..];
            if (data.Length < size * Count || table >= tables.Length)
            {
                return;
            }

            var steps = new float[Count];
            for (var at = 0; at < Count; at++)
            {
                steps[ZigZag[at]] = size == 1 ? data[at] : BinaryPrimitives.ReadUInt16BigEndian(data[(2 * at)..]);
            }

            tables[table] ??= steps;
            data = data[(size * Count)..];
        }
    }
}
