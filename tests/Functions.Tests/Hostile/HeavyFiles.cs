using System.IO.Compression;
using Functions.Tests.Imaging;

namespace Functions.Tests.Hostile;

/// <summary>Small files that are much work for a decoder.</summary>
internal static class HeavyFiles
{
    /// <summary>
    /// A valid progressive JPEG of a hundred megapixels, all grey, whose second scan comes again and again. Each takes 90 bytes:
    /// a code of 15 bits says of 27,306 blocks that nothing changes in them, and the decoder goes over every one.
    /// </summary>
    public static byte[] Scans(int scans)
    {
        const int side = 9_992;
        const int blocks = side / 8 * (side / 8);
        var bits = string.Concat(Enumerable.Repeat("010101010101010", (blocks / 27_306) + 1));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        byte[] scan =
        [
            0xFF,
            0xDA,
            0,
            8,
            1,
            1,
            0x00,
            1,
            63,
            0,
            .. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2)),
        ];
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0]);
        file.Write(Enumerable.Repeat((byte)1, 64).ToArray());
        file.Write([0xFF, 0xC2, 0, 11, 8, side >> 8, side & 0xFF, side >> 8, side & 0xFF, 1, 1, 0x11, 0]);
        file.Write([0xFF, 0xC4, 0, 20, 0x00, 1, .. new byte[15], 0]); // DC: one code of one bit, no difference
        file.Write([0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 0, 0, .. new byte[(blocks / 8) + 1]]);
        file.Write([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0xE0]); // AC: one code of one bit, 14 more tell how many blocks end here
        for (var i = 0; i < scans; i++)
        {
            file.Write(scan);
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    /// <summary>A PNG of 64 x 64 pixels with texts of so many megabytes each, compressed to a thousandth.</summary>
    public static byte[] Texts(int texts, int megabytes)
    {
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        PngFile.Write(file, "IHDR", [0, 0, 0, 64, 0, 0, 0, 64, 8, 0, 0, 0, 0]);
        byte[] text = [.. "Comment\0\0"u8, .. PngFile.Deflated((long)megabytes << 20, CompressionLevel.SmallestSize)];
        for (var i = 0; i < texts; i++)
        {
            PngFile.Write(file, "zTXt", text);
        }

        PngFile.Write(file, "IDAT", PngFile.Deflated(65 * 64, CompressionLevel.SmallestSize));
        PngFile.Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A grey TIFF of a hundred megapixels, compressed in one strip.</summary>
    public static byte[] Strip() => Tiff(pages: 1, loop: false, side: 9_999, level: CompressionLevel.SmallestSize);

    /// <summary>A TIFF whose pages share one strip of zeros, the last of them leading back to the first where they are to loop.</summary>
    public static byte[] Tiff(int pages, bool loop, int channels = 1, int side = 8, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("II*\0"u8);
        writer.Write(8);
        var strip = PngFile.Deflated(Math.Min((long)side * side * channels, 200_000_000), level);
        var size = 2 + (9 * 12) + 4;
        var data = 8 + (size * pages);
        for (var page = 0; page < pages; page++)
        {
            writer.Write((ushort)9);
            foreach (
                var (tag, value) in new[]
                {
                    (256, side),
                    (257, side),
                    (258, 8),
                    (259, 8),
                    (262, 1),
                    (273, data),
                    (277, channels),
                    (278, side),
                    (279, strip.Length),
                }
            )
            {
                writer.Write((ushort)tag);
                writer.Write((ushort)4);
                writer.Write(1);
                writer.Write(value);
            }

            writer.Write(
                page + 1 < pages ? 8 + (size * (page + 1))
                : loop ? 8
                : 0
            );
        }

        writer.Write(strip);
        writer.Flush();
        return file.ToArray();
    }
}
