namespace Serverless.Imaging;

/// <summary>
/// One directory of a TIFF: the fields that describe one picture. Untrusted: values that the file does not contain are null.
/// </summary>
/// <param name="NextAt">The position of the next directory's offset.</param>
internal sealed record TiffDirectory(long Offset, long NextAt, long Next, IReadOnlyDictionary<int, TiffField> Fields)
{
    public const int SubfileType = 254,
        Width = 256,
        Height = 257,
        BitsPerSample = 258,
        Compression = 259,
        Photometric = 262,
        StripOffsets = 273;
    public const int Orientation = 274,
        SamplesPerPixel = 277,
        TileOffsets = 324,
        SubDirectories = 330,
        SampleFormat = 339,
        DngVersion = 50706,
        Make = 271;

    public const int StripByteCounts = 279,
        TileByteCounts = 325,
        JpegOffset = 513,
        JpegLength = 514;

    private const int Reduced = 1;
    private const int Mask = 4;

    /// <summary>Whether the field is used; others are not kept.</summary>
    public static bool IsRead(int tag) =>
        tag
            is SubfileType
                or (>= Make and <= StripByteCounts)
                or (>= Width and <= Photometric)
                or TileOffsets
                or TileByteCounts
                or SubDirectories
                or SampleFormat
                or JpegOffset
                or JpegLength
                or DngVersion;

    public long? Number(int tag) => Fields.TryGetValue(tag, out var field) ? field.First : null;

    public bool Has(int tag) => Fields.ContainsKey(tag);

    public (int Width, int Height)? Size =>
        Number(Width) is > 0 and <= int.MaxValue and var width && Number(Height) is > 0 and <= int.MaxValue and var height
            ? ((int)width, (int)height)
            : null;

    public bool IsReduced => (Number(SubfileType) & Reduced) == Reduced;

    public bool IsMask => (Number(SubfileType) & Mask) == Mask;
}

/// <param name="ValuesAt">The position of the values: in the field itself or elsewhere.</param>
/// <param name="First">The first value, if it is an integer.</param>
internal readonly record struct TiffField(int Type, long Count, long ValuesAt, long? First);
