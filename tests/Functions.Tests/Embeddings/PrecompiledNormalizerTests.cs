using System.Buffers.Binary;
using System.Text;
using Serverless.Embeddings;
using Serverless.Embeddings.Tokenization;
using Xunit;

namespace Functions.Tests.Embeddings;

public class PrecompiledNormalizerTests
{
    [Fact]
    public void Characters_and_graphemes_are_replaced_by_what_the_map_says()
    {
        var normalizer = PrecompiledNormalizer.Read("map", Map(("ﬁ", "fi"), ("①", "1"), ("é", "e"), ("\u200B", "")));

        Assert.Equal("find 1 cafe xy", normalizer.Apply("ﬁnd ① café x\u200By"));
        Assert.Equal("東京 🦓", normalizer.Apply("東京 🦓"));
    }

    [Fact]
    public void A_map_that_is_cut_short_is_refused() =>
        Assert.Contains(
            "cut short",
            Assert.Throws<ModelException>(() => PrecompiledNormalizer.Read("map", Map(("ﬁ", "fi")).AsSpan(0, 40))).Message,
            StringComparison.Ordinal
        );

    /// <summary>Lays a trie out as a double array: each node gets a block of 256 units to itself.</summary>
    private static byte[] Map(params (string From, string To)[] entries)
    {
        var replacements = new MemoryStream();
        var units = new Dictionary<uint, uint> { [0] = 0 };
        var children = new Dictionary<(uint Block, byte Label), uint>();
        var (root, next) = (256u, 512u);
        foreach (var (from, to) in entries)
        {
            var block = root;
            var bytes = Encoding.UTF8.GetBytes(from);
            for (var i = 0; i < bytes.Length; i++)
            {
                var position = block ^ bytes[i];
                if (!children.TryGetValue((block, bytes[i]), out var child))
                {
                    children[(block, bytes[i])] = child = next;
                    next += 256;
                }

                var leaf = i == bytes.Length - 1;
                units[position] = Offset(position ^ child) | bytes[i] | (leaf ? 1u << 8 : 0);
                if (leaf)
                {
                    units[child] = 0x80000000 | (uint)replacements.Length;
                    replacements.Write(Encoding.UTF8.GetBytes(to));
                    replacements.WriteByte(0);
                }

                block = child;
            }
        }

        units[0] = Offset(root);
        var trie = new byte[next * 4];
        foreach (var (position, unit) in units)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(trie.AsSpan((int)position * 4), unit);
        }

        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, trie.Length);
        return [.. size, .. trie, .. replacements.ToArray()];
    }

    /// <summary>An offset of more than 21 bits loses its last eight, which blocks of 256 do not need.</summary>
    private static uint Offset(uint value) => value << 10;
}
