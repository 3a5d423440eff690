using System.Buffers.Binary;

namespace Serverless.Imaging.Metadata;

/// <summary>Boxes one after the other, as AVIF, HEIC and CR3 are made of them.</summary>
internal static class MediaBoxes
{
    /// <summary>The contents of the first box of a kind; empty where there is none, whole.</summary>
    public static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> boxes, ReadOnlySpan<byte> kind)
    {
        while (Next(ref boxes, out var name, out var contents))
        {
            if (name.SequenceEqual(kind))
            {
                return contents;
            }
        }

        return default;
    }

    /// <summary>The first box, of which <paramref name="boxes"/> then holds what follows; false where there is none, whole.</summary>
    public static bool Next(ref ReadOnlyMemory<byte> boxes, out ReadOnlySpan<byte> name, out ReadOnlyMemory<byte> contents)
    {
        name = [];
        contents = default;
        var bytes = boxes.Span;
        if (bytes.Length < 8)
        {
            return false;
        }

        long size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var head = size == 1 ? 16 : 8;
        if (bytes.Length < head)
        {
            return false;
        }

        size = size switch
        {
            0 => bytes.Length,
            1 => BinaryPrimitives.ReadInt64BigEndian(bytes[8..]),
            _ => size,
        };
        if (size < head || size > bytes.Length)
        {
            return false;
        }

        name = bytes.Slice(4, 4);
        contents = boxes[head..(int)size];
        boxes = boxes[(int)size..];
        return true;
    }
}
