namespace Serverless.Imaging.Metadata;

/// <summary>Canon's newer raws: boxes, one of which contains each EXIF directory as a small TIFF.</summary>
internal static class Cr3Metadata
{
    private static ReadOnlySpan<byte> CanonId =>
        [0x85, 0xC0, 0xB6, 0x87, 0x82, 0x0F, 0x11, 0xE0, 0x81, 0x11, 0xF4, 0xCE, 0x46, 0x2B, 0x6A, 0x48];

    private static ReadOnlySpan<byte> XmpId =>
        [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        var canon = Uuid(MediaBoxes.Find(file, "moov"u8), CanonId);
        blocks.AddExif(MediaBoxes.Find(canon, "CMT1"u8));
        blocks.ExposureExif = MediaBoxes.Find(canon, "CMT2"u8);
        blocks.PlaceExif = MediaBoxes.Find(canon, "CMT4"u8);
        blocks.AddXmp(Uuid(file, XmpId));
    }

    private static ReadOnlyMemory<byte> Uuid(ReadOnlyMemory<byte> boxes, ReadOnlySpan<byte> id)
    {
        while (MediaBoxes.Next(ref boxes, out var name, out var contents))
        {
            if (name.SequenceEqual("uuid"u8) && contents.Span.StartsWith(id))
            {
                return contents[id.Length..];
            }
        }

        return default;
    }
}
