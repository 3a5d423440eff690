using System.Buffers.Binary;

namespace Serverless.Imaging.Cost;

/// <summary>Reads numbers of a TIFF or BigTIFF in its byte order; null beyond the end of the file.</summary>
internal readonly ref struct TiffNumbers(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private readonly bool isLittleEndian = bytes[0] == 'I';

    public bool IsBig { get; } = bytes[bytes[0] == 'I' ? 2 : 3] == 43;

    public int EntrySize => IsBig ? 20 : 12;

    public long? Offset(long at) => Number(at, IsBig ? 8 : 4);

    /// <summary>The number of entries of the directory at an offset.</summary>
    public long? Entries(long at) =>
        Number(at, IsBig ? 8 : 2) is { } entries && entries >= 0 && entries <= bytes.Length / EntrySize ? entries : null;

    public (int Id, int Type, long Count)? Entry(long at) =>
        Number(at, 2) is { } id && Number(at + 2, 2) is { } type && Number(at + 4, IsBig ? 8 : 4) is { } count
            ? ((int)id, (int)type, count is >= 0 and <= int.MaxValue ? count : int.MaxValue)
            : null;

    private long? Number(long at, int size)
    {
        if (at < 0 || at > bytes.Length - size)
        {
            return null;
        }

        var field = bytes.Slice((int)at, size);
        return size switch
        {
            2 => isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(field) : BinaryPrimitives.ReadUInt16BigEndian(field),
            4 => isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(field) : BinaryPrimitives.ReadUInt32BigEndian(field),
            _ => isLittleEndian ? BinaryPrimitives.ReadInt64LittleEndian(field) : BinaryPrimitives.ReadInt64BigEndian(field),
        };
    }
}
