namespace Serverless.Imaging.Metadata;

/// <summary>
/// The directories of a TIFF, BigTIFF or EXIF block. A field costs nothing until it is asked for, so a file cannot make it read more than
/// what is wanted, however many fields point to however much.
/// </summary>
internal readonly struct ExifDirectory(ReadOnlyMemory<byte> file)
{
    private const int MaxFields = 1024;

    /// <summary>Where the first directory is; 0 where the file is none of these.</summary>
    public long First => IsKnown ? Tiff.First : 0;

    public bool IsLittleEndian => Tiff.IsLittleEndian;

    private TiffReader Tiff => new(file.Span);

    private bool IsKnown => file.Span is [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..];

    private bool IsBig => Tiff.IsBig;

    /// <summary>The fields of the directory at an offset: none where there is no directory.</summary>
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

/// <param name="Tag">What it tells.</param>
/// <param name="Type">How its values are written.</param>
/// <param name="Count">How many there are.</param>
/// <param name="At">Where they begin.</param>
internal readonly record struct ExifField(int Tag, int Type, long Count, long At)
{
    /// <summary>Of one value, in bytes.</summary>
    public int Size => TiffReader.SizeOf(Type);
}
