using System.Buffers.Binary;
using System.Text;

namespace Otlp;

/// <summary>A message in protobuf's wire format, read by field number: as much as telemetry needs.</summary>
internal readonly struct WireMessage
{
    private readonly List<(int Field, ReadOnlyMemory<byte> Bytes, ulong Number)> fields = [];

    public WireMessage(ReadOnlyMemory<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; )
        {
            var tag = ReadVarint(bytes.Span, ref at);
            fields.Add(
                (int)(tag & 7) switch
                {
                    0 => ((int)(tag >> 3), default, ReadVarint(bytes.Span, ref at)),
                    1 => ((int)(tag >> 3), default, BinaryPrimitives.ReadUInt64LittleEndian(Take(bytes, 8, ref at).Span)),
                    2 => ((int)(tag >> 3), Take(bytes, (int)ReadVarint(bytes.Span, ref at), ref at), 0UL),
                    5 => ((int)(tag >> 3), default, BinaryPrimitives.ReadUInt32LittleEndian(Take(bytes, 4, ref at).Span)),
                    var kind => throw new InvalidDataException($"Wire type {kind} is not of this format."),
                }
            );
        }
    }

    public IEnumerable<WireMessage> Messages(int field) =>
        fields.Where(item => item.Field == field).Select(item => new WireMessage(item.Bytes));

    public ReadOnlyMemory<byte> Bytes(int field) => fields.FirstOrDefault(item => item.Field == field).Bytes;

    public ulong Number(int field) => fields.FirstOrDefault(item => item.Field == field).Number;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    /// <summary>A list of <c>KeyValue</c>, every value as text.</summary>
    public Dictionary<string, string> Attributes(int field) =>
        Messages(field)
            .GroupBy(pair => pair.Text(1))
            .ToDictionary(group => group.Key, group => group.First().Messages(2).Select(Value).FirstOrDefault(""));

    /// <summary>An <c>AnyValue</c>: text, or a number or truth value as text.</summary>
    public static string Value(WireMessage any) =>
        any.Bytes(1).Length > 0 ? any.Text(1)
        : any.fields.Count == 0 ? ""
        : $"{any.fields[0].Number}";

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes, int length, ref int at)
    {
        var taken = bytes.Slice(at, length);
        at += length;
        return taken;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
