using System.Buffers.Binary;

namespace Serverless.Imaging.Metadata;

/// <summary>
/// The directories of a TIFF, BigTIFF or EXIF block. A field costs nothing until it is asked for, so a file cannot make it read more than
/// what is wanted, however many fields point to however much.
/// </summary>
internal readonly struct ExifDirectory(ReadOnlyMemory<byte> file)
{
    private const int MaxFields = 1024;

    private readonly bool isLittleEndian = file.Span is [(byte)'I', ..];

    /// <summary>Where the first directory is; 0 where the file is none of these.</summary>
    public long First => IsKnown ? Number(IsBig ? 8 : 4, IsBig ? 8 : 4) ?? 0 : 0;

    public bool IsLittleEndian => isLittleEndian;

    private bool IsKnown => file.Span is [(byte)'I', (byte)'I', ..] or [(byte)'M', (byte)'M', ..];

    private bool IsBig => file.Length >= 16 && file.Span[isLittleEndian ? 2 : 3] == 43;

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

    /// <summary>The number at an offset, of one to eight bytes; null where the file ends before it.</summary>
    public long? Number(long at, int size)
    {
        if (at < 0 || at > file.Length - size)
        {
            return null;
        }

        var bytes = file.Span.Slice((int)at, size);
        return size switch
        {
            1 => bytes[0],
            2 => isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => isLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
    }

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
    public int Size =>
        Type switch
        {
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 1,
        };
}
