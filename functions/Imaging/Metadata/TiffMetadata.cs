namespace Serverless.Imaging.Metadata;

/// <summary>A TIFF, or a TIFF-like raw: its first directory is the EXIF, with IPTC and XMP as fields.</summary>
internal static class TiffMetadata
{
    public static void Find(ReadOnlyMemory<byte> file, MetadataBlocks blocks)
    {
        blocks.AddExif(file);
        var reader = new ExifDirectory(file);
        var first = reader.Read(reader.First);
        blocks.AddXmp(first.Bytes(ExifTag.Xmp));
        blocks.AddIptc(first.Bytes(ExifTag.Iptc));
        PhotoshopResources.Find(first.Bytes(ExifTag.Photoshop), blocks);
    }
}
