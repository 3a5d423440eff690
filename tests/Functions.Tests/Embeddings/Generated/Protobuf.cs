using System.Buffers;
using System.Text;

namespace Functions.Tests.Embeddings.Generated;

/// <summary>As much of the protobuf encoding as an ONNX file needs.</summary>
internal sealed class Protobuf
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public long Length => bytes.WrittenCount;

    public void CopyTo(Stream target) => target.Write(bytes.WrittenSpan);

    public Protobuf Number(int field, long value)
    {
        Varint((uint)field << 3);
        Varint((ulong)value);
        return this;
    }

    public Protobuf Real(int field, float value)
    {
        Varint(((uint)field << 3) | 5);
        bytes.Write(BitConverter.GetBytes(value));
        return this;
    }

    public Protobuf Text(int field, string value)
    {
        var encoded = Encoding.UTF8.GetBytes(value);
        Prefix(field, encoded.Length);
        bytes.Write(encoded);
        return this;
    }

    public Protobuf Message(int field, Protobuf value)
    {
        Prefix(field, value.Length);
        return Append(value);
    }

    /// <summary>Begins a field whose <paramref name="length"/> bytes are written behind by somebody else.</summary>
    public Protobuf Prefix(int field, long length)
    {
        Varint(((uint)field << 3) | 2);
        Varint((ulong)length);
        return this;
    }

    public Protobuf Append(Protobuf content)
    {
        bytes.Write(content.bytes.WrittenSpan);
        return this;
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Write([(byte)(value | 0x80)]);
        }

        bytes.Write([(byte)value]);
    }
}
