using System.Buffers.Binary;

namespace Serverless.Imaging.Metadata;

/// <summary>The application segments before the first scan of a JPEG.</summary>
internal static class JpegMetadata
{
    private const byte App1 = 0xE1,
        App13 = 0xED,
        StartOfScan = 0xDA,
        EndOfImage = 0xD9;

    /// <summary>The header position of a Fujifilm raw's JPEG offset.</summary>
    private const int RafPreview = 84;

    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        var bytes = file.Span;
        using var photoshop = new MemoryStream();
        for (var at = 2; at + 4 <= bytes.Length && bytes[at] == 0xFF; )
        {
            var marker = bytes[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (marker is StartOfScan or EndOfImage || length < 2 || at + 2 + length > bytes.Length)
            {
                break;
            }

            Take(marker, file.Slice(at + 4, length - 2), blocks, photoshop);
            at += 2 + length;
        }

        PhotoshopResources.Find(photoshop.ToArray(), blocks);
    }

    public static void FindInRaf(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        if (file.Length >= RafPreview + 8)
        {
            var (at, length) = (
                BinaryPrimitives.ReadUInt32BigEndian(file.Span[RafPreview..]),
                BinaryPrimitives.ReadUInt32BigEndian(file.Span[(RafPreview + 4)..])
            );
            if (at + (long)length <= file.Length)
            {
                Find(file.Slice((int)at, (int)length), blocks);
            }
        }
    }

    private static void Take(byte marker, ReadOnlyMemory<byte> data, MetadataBlocks blocks, MemoryStream photoshop)
    {
        var xmp = "http://ns.adobe.com/xap/1.0/\0"u8;
        var resources = "Photoshop 3.0\0"u8;
        if (marker == App1 && data.Span.StartsWith("Exif\0"u8) && data.Length > 6)
        {
            blocks.AddExif(data[6..]);
        }
        else if (marker == App1 && data.Span.StartsWith(xmp))
        {
            blocks.AddXmp(data[xmp.Length..]);
        }
        else if (marker == App13 && data.Span.StartsWith(resources) && photoshop.Length < MetadataBlocks.MaxBlock)
        {
            // Data longer than a segment continues in the next.
            photoshop.Write(data.Span[resources.Length..]);
        }
    }
}
