namespace Serverless.Imaging.Metadata;

/// <summary>The parts of a file that tell of its picture, as they lie in it. The first of each kind counts.</summary>
internal sealed class MetadataBlocks
{
    /// <summary>Of one block, in bytes. What a program keeps of its own edits can be larger; what is looked for comes early.</summary>
    public const int MaxBlock = 1 << 20;

    /// <summary>A TIFF file, or one without pictures.</summary>
    public ReadOnlyMemory<byte> Exif { get; private set; }

    /// <summary>In CR3, directories lie apart: that of the exposure and that of the place.</summary>
    public ReadOnlyMemory<byte> ExposureExif { get; set; }

    public ReadOnlyMemory<byte> PlaceExif { get; set; }

    public ReadOnlyMemory<byte> Iptc { get; private set; }

    /// <summary>Whether the program that wrote <see cref="Xmp"/> last has known of <see cref="Iptc"/> as it is.</summary>
    public bool IptcIsOlder { get; set; } = true;

    public ReadOnlyMemory<byte> Xmp { get; private set; }

    /// <summary>The texts that a PNG holds by name, such as Title.</summary>
    public Dictionary<string, string> Texts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Not bounded: only the fields that are asked for are read of it.</summary>
    public void AddExif(ReadOnlyMemory<byte> block)
    {
        block = block.Span.StartsWith("Exif\0\0"u8) ? block[6..] : block;
        Exif = Exif.IsEmpty ? block : Exif;
    }

    public void AddIptc(ReadOnlyMemory<byte> block) => Iptc = Iptc.IsEmpty ? Bounded(block) : Iptc;

    public void AddXmp(ReadOnlyMemory<byte> block) => Xmp = Xmp.IsEmpty ? Bounded(block) : Xmp;

    private static ReadOnlyMemory<byte> Bounded(ReadOnlyMemory<byte> block) => block[..Math.Min(block.Length, MaxBlock)];
}
