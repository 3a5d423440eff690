using System.Buffers.Binary;

namespace Serverless.Imaging.Metadata;

/// <summary>The chunks EXIF and XMP of a WebP.</summary>
internal static class WebPMetadata
{
    private const int Head = 12;

    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        var bytes = file.Span;
        for (long at = Head; at + 8 <= bytes.Length; )
        {
            var name = bytes.Slice((int)at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[((int)at + 4)..]);
            if (at + 8 + size > bytes.Length)
            {
                return;
            }

            var data = file.Slice((int)at + 8, (int)size);
            if (name.SequenceEqual("EXIF"u8))
            {
                blocks.AddExif(data);
            }
            else if (name.SequenceEqual("XMP "u8))
            {
                blocks.AddXmp(data);
            }

            at += 8 + size + (size & 1);
        }
    }
}
