namespace Serverless.Imaging.Metadata;

/// <summary>
/// The directories of a TIFF, BigTIFF or EXIF block. Fields are read only on demand, so a file cannot make it read more than requested,
/// however many fields point to however much data.
/// </summary>
internal readonly struct ExifDirectory(ReadOnlyMemory<byte> file)
{
    private const int MaxFields = 1024;

    /// <summary>The offset of the first directory; 0 if the file is none of these.</summary>
    public long First => IsKnown ? Tiff.First : 0;

    public bool IsLittleEndian => Tiff.IsLittleEndian;

    private TiffReader Tiff => new(file.Span);

    private bool IsKnown => file.Span is [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..];

    private bool IsBig => Tiff.IsBig;

    /// <summary>The fields of the directory at an offset; empty if there is none.</summary>
    public ExifValues Read(long at)
    {
        var (head, size) = IsBig ? (8, 20) : (2, 12);
        var fields = new Dictionary<int, ExifField>();
        var count = at >= 8 ? Math.Clamp(Number(at, head) ?? 0, 0, MaxFields) : 0;
        for (var index = 0; index < count && Field(at + head + (index * size)) is { } field; index++)
        {
            fields.TryAdd(field.Tag, field);
        }

        return new ExifValues(file, this, fields);
    }

    /// <inheritdoc cref="TiffReader.Number"/>
    public long? Number(long at, int size) => Tiff.Number(at, size);

    private ExifField? Field(long at)
    {
        if (Number(at, 2) is not { } tag || Number(at + 2, 2) is not { } type || Number(at + 4, IsBig ? 8 : 4) is not { } count)
        {
            return null;
        }

        var (inside, room) = IsBig ? (at + 12, 8) : (at + 8, 4);
        var field = new ExifField((int)tag, (int)type, Math.Max(0, count), inside);
        return count <= room / field.Size ? field : field with { At = Number(inside, room) ?? long.MaxValue };
    }
}

/// <param name="Tag">Its tag.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Count">The number of values.</param>
/// <param name="At">Their offset.</param>
internal readonly record struct ExifField(int Tag, int Type, long Count, long At)
{
    /// <summary>The size of one value, in bytes.</summary>
    public int Size => TiffReader.SizeOf(Type);
}
