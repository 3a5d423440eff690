using System.Text;

namespace Serverless.Embeddings.Hosted;

/// <summary>A provider's text limit.</summary>
/// <param name="Most">Maximum number of words, or of tokens if <paramref name="BytesPerToken"/> is given.</param>
/// <param name="BytesPerToken">
/// Null if words are counted. The vendors' tokenizers are not public: tokens are estimated at this many bytes of UTF-8, low enough that the
/// vendor hardly ever counts more.
/// </param>
internal readonly record struct TextBounds(int Most, int? BytesPerToken = null)
{
    /// <summary>The part of the text that fits, and a notice if it was cut.</summary>
    public (string Text, string? Notice) Cut(string text, string provider)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (used, kept) = (0, 0);
        while (kept < words.Length && used + CostOf(words[kept]) <= Most)
        {
            used += CostOf(words[kept++]);
        }

        return kept == words.Length
            ? (text, null)
            : (
                kept > 0 ? string.Join(' ', words.Take(kept)) : Start(words[0]),
                $"The text was cut to its first {Most} {(BytesPerToken is null ? "words" : "tokens")}: {provider} reads no more."
            );
    }

    private int CostOf(string word) => BytesPerToken is { } bytes ? (Encoding.UTF8.GetByteCount(word) + bytes - 1) / bytes : 1;

    /// <summary>As many whole characters as fit.</summary>
    private string Start(string word)
    {
        var (left, length) = (Most * BytesPerToken!.Value, 0);
        foreach (var rune in word.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return word[..length];
    }
}
