using System.Buffers.Binary;

namespace Functions.Tests.Hostile;

/// <summary>Makes of some good inputs a bad one. The same seed always gives the same.</summary>
internal static class Mutator
{
    private static readonly byte[] Bytes = [0, 1, 0x7F, 0x80, 0xFF, (byte)'"', (byte)'{', (byte)'[', (byte)',', (byte)'9', (byte)'-'];
    private static readonly int[] Numbers =
    [
        0,
        1,
        -1,
        2,
        127,
        128,
        255,
        256,
        32767,
        32768,
        65535,
        65536,
        int.MaxValue,
        int.MinValue,
        0x01000000,
        100_001,
        1_000_000_000,
    ];

    public static byte[] Mutate(IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words, int seed)
    {
        var random = new Random(seed);
        var bytes = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (var left = 1 << random.Next(5); left > 0; left--)
        {
            Step(bytes, corpus, words, random);
        }

        return [.. bytes];
    }

    private static void Step(List<byte> bytes, IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words, Random random)
    {
        // Headers are near the start: half of all changes are made there.
        var span = random.Next(2) == 0 ? Math.Min(bytes.Count, 256) : bytes.Count;
        var at = random.Next(span + 1);
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Bytes[random.Next(Bytes.Length)];
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 3:
                WriteNumber(bytes, at, random);
                break;
            case 4:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 1 << random.Next(1, 10))));
                break;
            case 5:
                var from = random.Next(bytes.Count + 1);
                bytes.InsertRange(at, bytes.GetRange(from, Math.Min(bytes.Count - from, random.Next(1, 1 << random.Next(1, 10)))));
                break;
            case 6:
                var other = corpus[random.Next(corpus.Count)];
                var start = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(start, Math.Min(other.Length - start, random.Next(1, 512))).ToArray());
                break;
            case 7 when words.Count > 0:
                bytes.InsertRange(at, System.Text.Encoding.Latin1.GetBytes(words[random.Next(words.Count)]));
                break;
            case 8 when random.Next(8) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }

    private static void WriteNumber(List<byte> bytes, int at, Random random)
    {
        var number = new byte[4];
        if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, Numbers[random.Next(Numbers.Length)]);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(number, Numbers[random.Next(Numbers.Length)]);
        }

        for (var i = 0; i < (random.Next(2) == 0 ? 2 : 4) && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
