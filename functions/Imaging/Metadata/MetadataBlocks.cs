namespace Serverless.Imaging.Metadata;

/// <summary>A file's raw metadata blocks. The first of each kind counts.</summary>
internal sealed class MetadataBlocks
{
    /// <summary>Maximum bytes of one block. A program's edit history can be larger; the relevant fields come early.</summary>
    public const int MaxBlock = 1 << 20;

    /// <summary>A TIFF file, or one without pictures.</summary>
    public ReadOnlyMemory<byte> Exif { get; private set; }

    /// <summary>CR3 has separate directories for exposure and GPS.</summary>
    public ReadOnlyMemory<byte> ExposureExif { get; set; }

    public ReadOnlyMemory<byte> PlaceExif { get; set; }

    public ReadOnlyMemory<byte> Iptc { get; private set; }

    /// <summary>Whether the last writer of <see cref="Xmp"/> knew the current <see cref="Iptc"/>.</summary>
    public bool IptcIsOlder { get; set; } = true;

    public ReadOnlyMemory<byte> Xmp { get; private set; }

    /// <summary>A PNG's named texts, such as Title.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Not bounded: only requested fields are read.</summary>
    public void AddExif(ReadOnlyMemory<byte> block)
    {
        block = block.Span.StartsWith("Exif\0\0"u8) ? block[6..] : block;
        Exif = Exif.IsEmpty ? block : Exif;
    }

    public void AddIptc(ReadOnlyMemory<byte> block) => Iptc = Iptc.IsEmpty ? Bounded(block) : Iptc;

    public void AddXmp(ReadOnlyMemory<byte> block) => Xmp = Xmp.IsEmpty ? Bounded(block) : Xmp;

    private static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> block) => block[..Math.Min(block.Length, MaxBlock)];
}
