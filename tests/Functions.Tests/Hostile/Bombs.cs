using System.Buffers.Binary;
using System.Text;
using Functions.Tests.Imaging;

namespace Functions.Tests.Hostile;

/// <summary>Small files that ask for much more than they are: memory, time, or other decoders.</summary>
internal static class Bombs
{
    private const int Inflated = 300 << 20;

    public static IReadOnlyDictionary<string, Func<byte[]>> All { get; } =
        new Dictionary<string, Func<byte[]>>
        {
            ["icc-profile.png"] = () => PngFile.Black(8, 8, ("iCCP", [.. "p\0\0"u8, .. PngFile.Deflated(Inflated)])),
            ["exif.png"] = () => PngFile.Black(8, 8, ("eXIf", LoopingExif())),
            ["text-deflated.png"] = () => PngFile.Black(8, 8, ("zTXt", [.. "Comment\0\0"u8, .. PngFile.Deflated(Inflated)])),
            ["text-international.png"] = () =>
                PngFile.Black(8, 8, ("iTXt", [.. "XML:com.adobe.xmp\0\u0001\0\0\0"u8, .. PngFile.Deflated(Inflated)])),
            ["text-many.png"] = () =>
                PngFile.Black(8, 8, [.. Enumerable.Range(0, 5000).Select(i => ("tEXt", Encoding.ASCII.GetBytes($"Key{i}\0value")))]),
            ["pixels-deflated.png"] = () => PngFile.Black(9_999, 9_999),
            ["icc-profile.jpg"] = () => JpegWith(255, i => [.. "ICC_PROFILE\0"u8, (byte)(i + 1), 255, .. new byte[60_000]], 0xE2),
            ["exif.jpg"] = () => JpegWith(1, _ => [.. "Exif\0\0"u8, .. LoopingExif()], 0xE1),
            ["exif-many.jpg"] = () => JpegWith(400, _ => [.. "Exif\0\0"u8, .. LoopingExif(), .. new byte[50_000]], 0xE1),
            ["scans.jpg"] = () => HeavyFiles.Scans(5_000),
            ["scans-allowed.jpg"] = () => HeavyFiles.Scans(80),
            ["texts-deflated.png"] = () => HeavyFiles.Texts(40, 1),
            ["frames.gif"] = () =>
                [
                    .. "GIF89a"u8,
                    .. Word(4000),
                    .. Word(4000),
                    0,
                    0,
                    0,
                    .. Repeat(400_000, [0x2C, 0, 0, 0, 0, .. Word(4000), .. Word(4000), 0, 2, 2, 0x44, 1, 0]),
                    0x3B,
                ],
            ["sub-blocks.gif"] = () =>
                [
                    .. "GIF89a"u8,
                    .. Word(8),
                    .. Word(8),
                    0,
                    0,
                    0,
                    0x21,
                    0xFE,
                    .. Repeat(500_000, [1, 65]),
                    0,
                    0x2C,
                    0,
                    0,
                    0,
                    0,
                    8,
                    0,
                    8,
                    0,
                    0,
                    2,
                    1,
                    0x2C,
                    0,
                    0x3B,
                ],
            ["pages.tif"] = () => HeavyFiles.Tiff(pages: 400_000, loop: false),
            ["pages-in-a-circle.tif"] = () => HeavyFiles.Tiff(pages: 3, loop: true),
            ["channels.tif"] = () => HeavyFiles.Tiff(pages: 1, loop: false, channels: 60_000, side: 4000),
            ["strip.tif"] = () => HeavyFiles.Tiff(pages: 1, loop: false, side: 9_999),
            ["run-length.bmp"] = () => Bmp(9_999, 9_999, compression: 1, [.. Repeat(100_000, [255, 7])]),
            ["jpeg-inside.bmp"] = () => Bmp(192, 128, compression: 4, Pictures.Bytes("scene.jpg")),
            ["png-inside.bmp"] = () => Bmp(192, 128, compression: 5, Pictures.Bytes("scene.png")),
            ["boxes-in-boxes.avif"] = () => [.. Pictures.Bytes("scene.avif")[..32], .. Nested(20_000)],
            ["boxes-in-boxes.heic"] = () => [.. Pictures.Bytes("scene.heic")[..24], .. Nested(20_000)],
            ["frames.png"] = () =>
                PngFile.Black(4000, 4000, [("acTL", new byte[8]), .. Enumerable.Repeat(("fcTL", new byte[26]), 100_000)]),
            ["directories.tif"] = DirectoriesBelow,
            ["previews.raf"] = () => [.. "FUJIFILMCCD-RAW "u8, .. Repeat(2_000_000, [0xFF, 0xE0, 0, 8, 0xFF, 0xD8, 0xFF, 0xE0, 0, 8])],
            ["entries.ico"] = () =>
                [0, 0, 1, 0, 0xFF, 0xFF, .. Repeat(65_535, [0, 0, 0, 0, 1, 0, 32, 0, 0, 0, 1, 0, .. Word(6 + 16), .. Word(16)])],
            ["chunks.webp"] = () => WebP(Repeat(200_000, [.. "JUNK"u8, 0, 0, 0, 0])),
        };

    private static byte[] Repeat(int count, ReadOnlySpan<byte> part)
    {
        var bytes = new byte[count * part.Length];
        for (var i = 0; i < count; i++)
        {
            part.CopyTo(bytes.AsSpan(i * part.Length));
        }

        return bytes;
    }

    private static byte[] Word(int value) => [(byte)value, (byte)(value >> 8)];

    /// <summary>A directory whose successor and whose sub-directory are itself.</summary>
    private static byte[] LoopingExif() =>
        [
            .. "II*\0"u8,
            8,
            0,
            0,
            0,
            2,
            0,
            0x69,
            0x87,
            4,
            0,
            1,
            0,
            0,
            0,
            8,
            0,
            0,
            0,
            0x0F,
            0x01,
            2,
            0,
            0xFF,
            0xFF,
            0xFF,
            0x7F,
            0,
            0,
            0,
            0,
            8,
            0,
            0,
            0,
        ];

    private static byte[] JpegWith(int count, Func<int, byte[]> segment, byte marker)
    {
        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        for (var i = 0; i < count; i++)
        {
            var data = segment(i);
            file.Write([0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2)]);
            file.Write(data);
        }

        file.Write(Pictures.Bytes("scene.jpg").AsSpan(2));
        return file.ToArray();
    }

    /// <summary>Thousands of pages, each with the same sixty directories of thousands of fields below it.</summary>
    private static byte[] DirectoriesBelow()
    {
        const int pages = 4_900,
            list = 8,
            below = list + (4 * 60),
            fields = 4_000,
            first = below + 2 + (12 * fields) + 4,
            size = 2 + (12 * 3) + 4;
        var file = new byte[first + (pages * size)];
        "II*\0"u8.CopyTo(file);
        Write(4, first);
        for (var i = 0; i < 60; i++)
        {
            Write(list + (4 * i), below);
        }

        Write(below, fields);
        for (var page = 0; page < pages; page++)
        {
            var at = first + (page * size);
            file[at] = 3;
            Field(at + 2, 256, 1, 8);
            Field(at + 14, 257, 1, 8);
            Field(at + 26, 330, 60, list);
            Write(at + 38, page + 1 < pages ? at + size : 0);
        }

        return file;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);

        void Field(int at, int tag, int count, int value)
        {
            Write(at, tag | (4 << 16));
            Write(at + 4, count);
            Write(at + 8, value);
        }
    }

    private static byte[] Bmp(int width, int height, int compression, byte[] pixels)
    {
        var header = new byte[54 + 1024];
        "BM"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(2), header.Length + pixels.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), height);
        header[26] = 1;
        header[28] = (byte)(compression == 1 ? 8 : 0);
        header[30] = (byte)compression;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(34), pixels.Length);
        return [.. header, .. pixels];
    }

    private static byte[] Nested(int depth)
    {
        var bytes = new byte[depth * 8];
        for (var i = 0; i < depth; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(i * 8), bytes.Length - (i * 8));
            "moov"u8.CopyTo(bytes.AsSpan((i * 8) + 4));
        }

        return bytes;
    }

    private static byte[] WebP(byte[] chunks)
    {
        byte[] file = [.. Pictures.Bytes("scene.webp")[..12], .. chunks, .. Pictures.Bytes("scene.webp")[12..]];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
