using System.Text;

namespace Serverless.Embeddings.Onnx;

/// <summary>Reads only as much of an ONNX file as needed to see how its weights are stored.</summary>
internal static class OnnxWeights
{
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int DataType = 2;
    private const int RawData = 9;
    private const int Unsigned8 = 2;
    private const int LeastBytes = 4096; // smaller ones are scales and zero points

    /// <summary>Whether a large weight is unsigned 8-bit, which processors multiply at half the speed of signed.</summary>
    public static bool AreUnsigned(string path)
    {
        using var stream = File.OpenRead(path);
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        try
        {
            return Fields(reader, stream.Length)
                .Any(graph =>
                    graph.Field == Graph
                    && Fields(reader, graph.End).Any(tensor => tensor.Field == Initializer && IsLargeUnsigned(reader, tensor.End))
                );
        }
        catch (EndOfStreamException exception)
        {
            throw new ModelException(path, "the file is cut short.", exception);
        }
    }

    private static bool IsLargeUnsigned(BinaryReader reader, long end)
    {
        var (type, bytes) = (0L, 0L);
        foreach (var field in Fields(reader, end))
        {
            type = field.Field == DataType ? field.Number : type;
            bytes = field.Field == RawData ? field.End - field.Start : bytes;
        }

        return type == Unsigned8 && bytes >= LeastBytes;
    }

    /// <summary>The fields up to <paramref name="end"/>; the next one starts after the current one, whatever the caller reads inside
    /// it.</summary>
    private static IEnumerable<(int Field, long Number, long Start, long End)> Fields(BinaryReader reader, long end)
    {
        var stream = reader.BaseStream;
        while (stream.Position < end)
        {
            var key = reader.Read7BitEncodedInt64();
            var wire = (int)(key & 7);
            var number = wire is 0 or 2 ? reader.Read7BitEncodedInt64() : 0;
            var start = stream.Position;
            var next =
                start
                + wire switch
                {
                    1 => 8,
                    2 => number,
                    5 => 4,
                    _ => 0,
                };
            if (next > stream.Length || next < start)
            {
                throw new EndOfStreamException();
            }

            yield return ((int)(key >> 3), number, start, next);
            stream.Position = next;
        }
    }
}
