using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>An icon's bitmap: its colours, bottom row first, followed by a one-bit transparency mask.</summary>
internal static class DeviceBitmap
{
    private const int Header = 40;

    public static int Depth(ReadOnlySpan<byte> bytes) => bytes.Length >= Header ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[14..]) : 0;

    /// <exception cref="UnsupportedImageException">The header is not that of an icon's bitmap.</exception>
    public static (int Width, int Height) Size(ReadOnlySpan<byte> bytes)
    {
        var width = bytes.Length >= Header ? BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) : 0;
        var height = bytes.Length >= Header ? BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) / 2 : 0;
        return
            BinaryPrimitives.TryReadUInt32LittleEndian(bytes, out var header)
            && header is >= Header and <= 124
            && width is > 0 and <= ushort.MaxValue
            && height is > 0 and <= ushort.MaxValue
            && Depth(bytes) is 1 or 4 or 8 or 24 or 32
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[16..]) == 0
            ? (width, height)
            : throw new UnsupportedImageException(
                "The ICO file contains a picture that is neither PNG nor a plain bitmap of 1, 4, 8, 24 or 32 bits."
            );
    }

    /// <summary>Whether it is an icon's bitmap at all.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> bytes)
    {
        if (ImageFormatDetector.Detect(bytes) == ImageFormat.Png)
        {
            return ImageContainer.IsCutShort(bytes, ImageFormat.Png);
        }

        try
        {
            var (_, height) = Size(bytes);
            return ColoursAt(bytes) + (Stride(bytes, Depth(bytes)) * height) > bytes.Length;
        }
        catch (UnsupportedImageException)
        {
            return false;
        }
    }

    /// <summary>Four bytes a pixel, top row first. An alpha of 0 everywhere is ignored: the mask then defines transparency.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> bytes)
    {
        var ((width, height), depth) = (Size(bytes), Depth(bytes));
        var (colours, stride, maskStride) = (ColoursAt(bytes), Stride(bytes, depth), Stride(bytes, 1));
        var palette = bytes[(int)BinaryPrimitives.ReadUInt32LittleEndian(bytes)..(int)colours];
        var mask = bytes[(int)(colours + (stride * height))..];
        var rgba = new byte[4 * width * height];
        var hasAlpha = false;
        for (var y = 0; y < height; y++)
        {
            var row = bytes.Slice((int)(colours + (stride * (height - 1 - y))), (int)stride);
            for (var x = 0; x < width; x++)
            {
                var pixel = rgba.AsSpan(4 * ((y * width) + x), 4);
                var colour = depth >= 24 ? row.Slice(x * depth / 8, depth / 8) : Entry(palette, row, x, depth);
                (pixel[0], pixel[1], pixel[2]) = (colour[2], colour[1], colour[0]);
                pixel[3] = depth == 32 ? colour[3] : (byte)0;
                hasAlpha |= pixel[3] != 0;
            }
        }

        for (var i = 0; i < width * height && !hasAlpha; i++)
        {
            var at = ((height - 1 - (i / width)) * maskStride) + (i % width / 8);
            rgba[(4 * i) + 3] = at < mask.Length && ((mask[(int)at] >> (7 - (i % width % 8))) & 1) == 1 ? (byte)0 : (byte)255;
        }

        return rgba;
    }

    private static ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> palette, ReadOnlySpan<byte> row, int x, int depth)
    {
        var index = (row[x * depth / 8] >> (8 - depth - (x * depth % 8))) & ((1 << depth) - 1);
        return (index + 1) * 4 <= palette.Length ? palette.Slice(index * 4, 4) : [0, 0, 0, 0];
    }

    private static long ColoursAt(ReadOnlySpan<byte> bytes)
    {
        var (depth, used) = (Depth(bytes), BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]));
        var colours =
            depth > 8 ? 0
            : used is > 0 and <= 256 ? used
            : 1u << depth;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) + (4L * colours);
    }

    private static long Stride(ReadOnlySpan<byte> bytes, int depth) =>
        (((long)BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) * depth) + 31) / 32 * 4;
}
