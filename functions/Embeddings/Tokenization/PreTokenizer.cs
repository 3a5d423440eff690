using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Embeddings.Tokenization;

/// <summary>One step that splits text into words; tokens never cross words.</summary>
internal abstract record PreTokenizer
{
    public abstract IEnumerable<string> Split(string text);
}

internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}

internal sealed record SplitPreTokenizer(Regex Pattern, SplitBehavior Behavior, bool Invert) : PreTokenizer
{
    public override IEnumerable<string> Split(string text) =>
        Merge(Pieces(text)).Where(span => span.End > span.Start).Select(span => text[span.Start..span.End]);

    /// <summary>The whole text in order, each piece marked as delimiter or not.</summary>
    private IEnumerable<(int Start, int End, bool Delimits)> Pieces(string text)
    {
        var at = 0;
        foreach (var (start, end) in Pattern.Spans(text))
        {
            if (start > at)
            {
                yield return (at, start, Invert);
            }

            yield return (start, end, !Invert);
            at = end;
        }

        if (at < text.Length)
        {
            yield return (at, text.Length, Invert);
        }
    }

    private List<(int Start, int End)> Merge(IEnumerable<(int Start, int End, bool Delimits)> pieces)
    {
        var merged = new List<(int Start, int End)>();
        var previous = false;
        foreach (var (start, end, delimits) in pieces)
        {
            var join =
                merged.Count > 0
                && Behavior switch
                {
                    SplitBehavior.MergedWithPrevious => delimits && !previous,
                    SplitBehavior.MergedWithNext => previous && !delimits,
                    SplitBehavior.Contiguous => delimits == previous,
                    _ => false,
                };
            if (join)
            {
                merged[^1] = (merged[^1].Start, end);
            }
            else if (Behavior != SplitBehavior.Removed || !delimits)
            {
                merged.Add((start, end));
            }

            previous = delimits;
        }

        return merged;
    }
}

internal sealed record MetaspacePreTokenizer(string Replacement, bool Prepend, bool Cut) : PreTokenizer
{
    public override IEnumerable<string> Split(string text)
    {
        var marked = text.Replace(" ", Replacement, StringComparison.Ordinal);
        if (Prepend && !marked.StartsWith(Replacement, StringComparison.Ordinal))
        {
            marked = Replacement + marked;
        }

        if (!Cut)
        {
            return [marked];
        }

        var words = new List<string>();
        var start = 0;
        for (
            var at = marked.IndexOf(Replacement, StringComparison.Ordinal);
            at >= 0;
            at = marked.IndexOf(Replacement, at + 1, StringComparison.Ordinal)
        )
        {
            if (at > start)
            {
                words.Add(marked[start..at]);
            }

            start = at;
        }

        if (start < marked.Length)
        {
            words.Add(marked[start..]);
        }

        return words;
    }
}

/// <summary>Each UTF-8 byte becomes one printable character, as introduced by GPT-2.</summary>
internal sealed record ByteLevelPreTokenizer(bool AddPrefixSpace, Regex? Words) : PreTokenizer
{
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly char[] Characters = ByteCharacters();

    public override IEnumerable<string> Split(string text)
    {
        if (AddPrefixSpace && !text.StartsWith(' '))
        {
            text = " " + text;
        }

        return Words is null ? [Encode(text)] : Words.Spans(text).Select(span => Encode(text[span.Start..span.End]));
    }

    private static string Encode(string text) =>
        string.Create(
            Encoding.UTF8.GetByteCount(text),
            text,
            static (target, source) =>
            {
                var bytes = Encoding.UTF8.GetBytes(source);
                for (var i = 0; i < bytes.Length; i++)
                {
                    target[i] = Characters[bytes[i]];
                }
            }
        );

    private static char[] ByteCharacters()
    {
        var characters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = (char)(printable ? value : next++);
        }

        return characters;
    }
}
