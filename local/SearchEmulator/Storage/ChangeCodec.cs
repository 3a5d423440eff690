using System.Runtime.InteropServices;
using SearchEmulator.Definitions;
using SearchEmulator.Values;

namespace SearchEmulator.Storage;

/// <summary>Changes to bytes and back. Fields are stored by name, so that a log outlives changes to the definition.</summary>
internal static class ChangeCodec
{
    private enum Tag : byte
    {
        Text = 1,
        Whole,
        Real,
        True,
        False,
        Date,
        Point,
        List,
        Complex,
        Vector,
        Deleted,
        Stored,
    }

    public static byte[] Encode(IEnumerable<DocumentChange> changes, IndexDefinition index)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream))
        {
            foreach (var change in changes)
            {
                writer.Write((byte)(change.Values is null ? Tag.Deleted : Tag.Stored));
                writer.Write(change.Key);
                if (change.Values is { } values)
                {
                    WriteFields(writer, values, index.Fields);
                }
            }
        }

        return stream.ToArray();
    }

    public static IEnumerable<DocumentChange> Decode(ReadOnlyMemory<byte> content, IndexDefinition index)
    {
        var segment = MemoryMarshal.TryGetArray(content, out var array) ? array : new ArraySegment<byte>(content.ToArray());
        using var stream = new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
        using var reader = new BinaryReader(stream);
        while (stream.Position < stream.Length)
        {
            var tag = (Tag)reader.ReadByte();
            var key = reader.ReadString();
            yield return new DocumentChange(key, tag == Tag.Deleted ? null : ReadFields(reader, index.Fields));
        }
    }

    private static void WriteFields(BinaryWriter writer, object?[] values, IReadOnlyList<Field> fields)
    {
        writer.Write7BitEncodedInt(values.Count(value => value is not null));
        foreach (var field in fields)
        {
            if (values[field.Ordinal] is { } value)
            {
                writer.Write(field.Name);
                WriteValue(writer, value, field);
            }
        }
    }

    private static object?[] ReadFields(BinaryReader reader, IReadOnlyList<Field> fields)
    {
        var values = new object?[fields.Count];
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            var name = reader.ReadString();
            var field =
                Field.Find(fields, name) ?? throw new DamagedFileException($"The log holds a field '{name}' that the index does not have.");
            values[field.Ordinal] = ReadValue(reader, field);
        }

        return values;
    }

    private static void WriteValue(BinaryWriter writer, object value, Field field)
    {
        switch (value)
        {
            case string text:
                writer.Write((byte)Tag.Text);
                writer.Write(text);
                break;
            case long number:
                writer.Write((byte)Tag.Whole);
                writer.Write(number);
                break;
            case double number:
                writer.Write((byte)Tag.Real);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write((byte)(flag ? Tag.True : Tag.False));
                break;
            case DateTimeOffset date:
                writer.Write((byte)Tag.Date);
                writer.Write(date.UtcTicks);
                break;
            case GeoPoint point:
                writer.Write((byte)Tag.Point);
                writer.Write(point.Longitude);
                writer.Write(point.Latitude);
                break;
            case ValueList list:
                writer.Write((byte)Tag.List);
                writer.Write7BitEncodedInt(list.Items.Length);
                foreach (var item in list.Items)
                {
                    WriteValue(writer, item, field);
                }

                break;
            case object?[] complex:
                writer.Write((byte)Tag.Complex);
                WriteFields(writer, complex, field.Fields);
                break;
            case float[] vector:
                writer.Write((byte)Tag.Vector);
                writer.Write7BitEncodedInt(vector.Length);
                writer.Write(MemoryMarshal.AsBytes<float>(vector));
                break;
            default:
                throw new InvalidOperationException($"A value of type {value.GetType()} cannot be stored.");
        }
    }

    private static object ReadValue(BinaryReader reader, Field field) =>
        (Tag)reader.ReadByte() switch
        {
            Tag.Text => reader.ReadString(),
            Tag.Whole => reader.ReadInt64(),
            Tag.Real => reader.ReadDouble(),
            Tag.True => true,
            Tag.False => false,
            Tag.Date => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            Tag.Point => new GeoPoint(reader.ReadDouble(), reader.ReadDouble()),
            Tag.List => ReadList(reader, field),
            Tag.Complex => ReadFields(reader, field.Fields),
            Tag.Vector => ReadVector(reader),
            var tag => throw new DamagedFileException($"The log holds an unknown kind of value: {tag}."),
        };

    private static ValueList ReadList(BinaryReader reader, Field field)
    {
        var items = new object[reader.Read7BitEncodedInt()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadValue(reader, field);
        }

        return items.Length == 0 ? ValueList.Empty : new ValueList(items);
    }

    private static float[] ReadVector(BinaryReader reader)
    {
        var vector = new float[reader.Read7BitEncodedInt()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
        return vector;
    }
}
