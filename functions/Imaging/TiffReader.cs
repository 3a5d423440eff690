using System.Buffers.Binary;

namespace Serverless.Imaging;

/// <summary>Reads the directories of TIFF, BigTIFF and TIFF-like camera raws.</summary>
internal readonly ref struct TiffReader
{
    private const int MostFields = 4096;
    private readonly ReadOnlySpan<byte> bytes;

    public TiffReader(ReadOnlySpan<byte> bytes)
    {
        this.bytes = bytes;
        IsLittleEndian = bytes is [(byte)'I', ..];
        IsBig = bytes.Length >= 16 && bytes[IsLittleEndian ? 2 : 3] == 43;
    }

    public bool IsLittleEndian { get; }

    /// <summary>Whether it is a BigTIFF, with offsets of eight bytes.</summary>
    public bool IsBig { get; }

    /// <summary>The position of the first directory's offset in the header, and its size in bytes.</summary>
    public (int At, int Size) FirstAt => IsBig ? (8, 8) : (4, 4);

    public long First => Number(FirstAt.At, FirstAt.Size) ?? 0;

    /// <summary>Null if there is no complete directory at this offset.</summary>
    public TiffDirectory? Directory(long at)
    {
        var (head, size, pointer) = IsBig ? (8, 20, 8) : (2, 12, 4);
        if (at < 8 || Number(at, head) is not { } count || count is < 1 or > MostFields || at + head + (count * size) > bytes.Length)
        {
            return null;
        }

        var fields = new Dictionary<int, TiffField>();
        for (var i = 0; i < count; i++)
        {
            var field = at + head + (i * size);
            var tag = (int)Number(field, 2)!.Value;
            if (TiffDirectory.IsRead(tag))
            {
                fields.TryAdd(tag, Field(field));
            }
        }

        var next = at + head + (count * size);
        return new TiffDirectory(at, next, Number(next, pointer) ?? 0, fields);
    }

    /// <summary>The first integers of a field, up to a maximum number.</summary>
    public List<long> Numbers(TiffField field, int most)
    {
        var numbers = new List<long>();
        for (
            var i = 0;
            i < Math.Min(field.Count, most) && Number(field.ValuesAt + (i * (long)SizeOf(field.Type)), SizeOf(field.Type)) is { } number;
            i++
        )
        {
            numbers.Add(number);
        }

        return numbers;
    }

    public ReadOnlySpan<byte> Bytes(TiffField field) =>
        field.ValuesAt >= 0 && field.Count >= 0 && field.ValuesAt <= bytes.Length - field.Count && SizeOf(field.Type) == 1
            ? bytes.Slice((int)field.ValuesAt, (int)field.Count)
            : [];

    public void Write(Span<byte> target, long at, long value)
    {
        var (_, size) = FirstAt;
        for (var i = 0; i < size; i++)
        {
            target[(int)at + (IsLittleEndian ? i : size - 1 - i)] = (byte)(value >> (8 * i));
        }
    }

    private TiffField Field(long at)
    {
        var type = (int)Number(at + 2, 2)!.Value;
        var count = Number(at + 4, IsBig ? 8 : 4)!.Value;
        var (inside, room) = IsBig ? (at + 12, 8) : (at + 8, 4);
        var values = count >= 0 && count <= room / SizeOf(type) ? inside : Number(inside, room)!.Value;
        return new TiffField(type, count, values, count > 0 && IsWhole(type) ? Number(values, SizeOf(type)) : null);
    }

    private static bool IsWhole(int type) => type is 1 or 3 or 4 or 6 or 8 or 9 or 13 or 16 or 17 or 18;

    /// <summary>The size of one value of a type, in bytes.</summary>
    public static int SizeOf(int type) =>
        type switch
        {
            3 or 8 => 2,
            4 or 9 or 11 or 13 => 4,
            5 or 10 or 12 or 16 or 17 or 18 => 8,
            _ => 1,
        };

    /// <summary>The number of one to eight bytes at an offset; null beyond the end of the file.</summary>
    public long? Number(long at, int size)
    {
        if (at < 0 || at > bytes.Length - size)
        {
            return null;
        }

        var field = bytes.Slice((int)at, size);
        return size switch
        {
            1 => field[0],
            2 => IsLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(field) : BinaryPrimitives.ReadUInt16BigEndian(field),
            4 => IsLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field),
            _ => IsLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(field) : BinaryPrimitives.ReadInt64BigEndian(field),
        };
    }
}
