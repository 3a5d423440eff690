using System.Globalization;
using System.Text;

namespace Serverless.Embeddings.Tokenization;

internal sealed record BytePairOptions
{
    public int? Unknown { get; init; }

    public bool FuseUnknown { get; init; }

    public bool ByteFallback { get; init; }

    public bool IgnoreMerges { get; init; }

    public string Prefix { get; init; } = string.Empty;

    public string Suffix { get; init; } = string.Empty;
}

/// <summary>Byte pair encoding: repeatedly joins the pair of the lowest rank until none is left.</summary>
internal sealed class BytePairModel(
    IReadOnlyDictionary<string, int> vocabulary,
    IReadOnlyDictionary<(int Left, int Right), (int Rank, int Joined)> merges,
    BytePairOptions options
) : TokenModel(vocabulary)
{
    public override void Tokenize(string word, List<int> ids)
    {
        if (options.IgnoreMerges && Vocabulary.TryGetValue(word, out var whole))
        {
            ids.Add(whole);
            return;
        }

        var symbols = Symbols(word);
        Merge(symbols, ids);
    }

    private List<int> Symbols(string word)
    {
        var symbols = new List<int>(word.Length);
        var unknown = false;
        var at = 0;
        foreach (var rune in word.EnumerateRunes())
        {
            var character = rune.ToString();
            var text = at == 0 ? character : options.Prefix + character;
            at += rune.Utf16SequenceLength;
            text = at == word.Length ? text + options.Suffix : text;
            if (Vocabulary.TryGetValue(text, out var id))
            {
                symbols.Add(id);
                unknown = false;
            }
            else if (options.ByteFallback && Bytes(text) is { } bytes)
            {
                symbols.AddRange(bytes);
                unknown = false;
            }
            else if (options.Unknown is { } unk)
            {
                if (!unknown || !options.FuseUnknown)
                {
                    symbols.Add(unk);
                }

                unknown = true;
            }
        }

        return symbols;
    }

    private List<int>? Bytes(string text)
    {
        var ids = new List<int>();
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            if (!Vocabulary.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"<0x{value:X2}>"), out var id))
            {
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    /// <summary>A linked list of symbols and a queue of pairs by rank, then position: O(n log n) for any word.</summary>
    private void Merge(List<int> symbols, List<int> ids)
    {
        var next = new int[symbols.Count];
        var previous = new int[symbols.Count];
        var pairs = new PriorityQueue<(int Left, int Right, int Joined), (int Rank, int Position)>();
        for (var i = 0; i < symbols.Count; i++)
        {
            (previous[i], next[i]) = (i - 1, i + 1 < symbols.Count ? i + 1 : -1);
            Offer(i);
        }

        while (pairs.TryDequeue(out var pair, out var order))
        {
            var (left, right) = (order.Position, next[order.Position]);
            // A pair is stale if its symbols were joined to others meanwhile.
            if (right < 0 || symbols[left] != pair.Left || symbols[right] != pair.Right)
            {
                continue;
            }

            symbols[left] = pair.Joined;
            symbols[right] = -1;
            next[left] = next[right];
            if (next[left] >= 0)
            {
                previous[next[left]] = left;
            }

            Offer(left);
            if (previous[left] >= 0)
            {
                Offer(previous[left]);
            }
        }

        for (var i = symbols.Count == 0 ? -1 : 0; i >= 0; i = next[i])
        {
            ids.Add(symbols[i]);
        }

        void Offer(int left)
        {
            if (next[left] >= 0 && merges.TryGetValue((symbols[left], symbols[next[left]]), out var merge))
            {
                pairs.Enqueue((symbols[left], symbols[next[left]], merge.Joined), (merge.Rank, left));
            }
        }
    }
}
