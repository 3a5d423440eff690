using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Serverless.Embeddings.Tokenization;

/// <summary>
/// The character map that SentencePiece compiles into a model: a double-array trie over UTF-8 (as Darts lays it out),
/// whose values are offsets into a blob of zero-terminated replacements.
/// </summary>
internal sealed record PrecompiledNormalizer(uint[] Trie, byte[] Replacements) : TextNormalizer
{
    private const int LongestSequence = 6; // longer graphemes are mapped character by character

    public static PrecompiledNormalizer Read(string path, string base64)
    {
        var map = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, map, out var length) || length < 4)
        {
            throw new ModelException(path, "precompiled_charsmap is not base64.");
        }

        return Read(path, map.AsSpan(0, length));
    }

    public static PrecompiledNormalizer Read(string path, ReadOnlySpan<byte> map)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(map);
        if (size > map.Length - 4 || size % 4 != 0)
        {
            throw new ModelException(path, "precompiled_charsmap is cut short.");
        }

        var trie = new uint[size / 4];
        for (var i = 0; i < trie.Length; i++)
        {
            trie[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[(4 + (4 * i))..]);
        }

        return new PrecompiledNormalizer(trie, map[(4 + (int)size)..].ToArray());
    }

    public override string Apply(string text)
    {
        var result = new StringBuilder(text.Length);
        var graphemes = StringInfo.GetTextElementEnumerator(text);
        while (graphemes.MoveNext())
        {
            var grapheme = graphemes.GetTextElement();
            if (Encoding.UTF8.GetByteCount(grapheme) < LongestSequence && Replacement(grapheme) is { } whole)
            {
                result.Append(whole);
                continue;
            }

            foreach (var rune in grapheme.EnumerateRunes())
            {
                result.Append(Replacement(rune.ToString()) ?? rune.ToString());
            }
        }

        return result.ToString();
    }

    /// <summary>The replacement of the shortest known prefix, as in the reference.</summary>
    private string? Replacement(string text)
    {
        uint node = 0;
        var unit = Unit(node);
        node ^= Offset(unit);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (value == 0)
            {
                return null;
            }

            node ^= value;
            unit = Unit(node);
            if ((unit & 0x800000FF) != value)
            {
                return null;
            }

            node ^= Offset(unit);
            if ((unit >> 8 & 1) == 1)
            {
                var start = (int)(Unit(node) & 0x7FFFFFFF);
                if (start >= Replacements.Length)
                {
                    return null;
                }

                var rest = Replacements.AsSpan(start);
                var end = rest.IndexOf((byte)0);
                return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
            }
        }

        return null;
    }

    private uint Unit(uint node) => node < Trie.Length ? Trie[node] : 0x80000000;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & (1u << 9)) >> 6);
}
