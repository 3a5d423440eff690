using System.Xml;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// Reads a file's EXIF, IPTC and XMP without decoding its picture. The file is untrusted: work and memory are bounded, and damaged parts
/// are skipped. Thread-safe.
/// </summary>
internal static class MetadataReader
{
    /// <summary>The metadata; <see cref="EmbeddedMetadata.None"/> if there is none or the file is not an image.</summary>
    public static EmbeddedMetadata Read(ReadOnlyMemory<byte> bytes) =>
        ImageFormatDetector.Detect(bytes.Span) is { } format ? Read(bytes, format) : EmbeddedMetadata.None;

    public static EmbeddedMetadata Read(ReadOnlyMemory<byte> bytes, ImageFormat format)
    {
        var blocks = new MetadataBlocks();
        Try(() =>
        {
            Find(bytes, format, blocks);
            return blocks;
        });
        var exif = Try(() => ExifFields.Read(blocks));
        var iptc = blocks.Iptc.IsEmpty ? null : Try(() => IptcFields.Read(blocks.Iptc.Span));
        var xmp = blocks.Xmp.IsEmpty ? null : Try(() => XmpFields.Read(blocks.Xmp));
        return Try(() => new MetadataPrecedence(exif ?? new(), iptc ?? new(), xmp ?? new(), blocks).Merge()) ?? EmbeddedMetadata.None;
    }

    private static void Find(ReadOnlyMemory<byte> bytes, ImageFormat format, MetadataBlocks blocks)
    {
        switch (format)
        {
            case ImageFormat.Jpeg:
                JpegMetadata.Find(bytes, blocks);
                break;
            case ImageFormat.Png:
                PngMetadata.Find(bytes, blocks);
                break;
            case ImageFormat.Webp:
                WebPMetadata.Find(bytes, blocks);
                break;
            case ImageFormat.Gif:
                GifMetadata.Find(bytes, blocks);
                break;
            case ImageFormat.Avif or ImageFormat.Heic:
                HeifMetadata.Find(bytes, blocks);
                break;
            case ImageFormat.Cr3:
                Cr3Metadata.Find(bytes, blocks);
                break;
            case ImageFormat.Raf:
                JpegMetadata.FindInRaf(bytes, blocks);
                break;
            case ImageFormat.Tiff:
            case var raw when raw.IsRaw():
                TiffMetadata.Find(bytes, blocks);
                break;
        }
    }

    /// <summary>Null if the part is damaged in an unforeseen way: an upload must not fail because of its caption.</summary>
    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception damage)
            when (damage
                    is ArgumentException
                        or IndexOutOfRangeException
                        or InvalidDataException
                        or XmlException
                        or OverflowException
                        or FormatException
            )
        {
            return null;
        }
    }
}
