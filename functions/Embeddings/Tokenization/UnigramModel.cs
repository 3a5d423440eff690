namespace Serverless.Embeddings.Tokenization;

/// <summary>SentencePiece's unigram model: the most probable segmentation of a word into known pieces.</summary>
internal sealed class UnigramModel : TokenModel
{
    private const double UnknownPenalty = 10;

    private readonly double[] scores;
    private readonly int unknown;
    private readonly int longest;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> pieces;

    public UnigramModel(IReadOnlyList<(string Piece, double Score)> entries, int unknown)
        : base(Index(entries))
    {
        this.unknown = unknown;
        scores = [.. entries.Select(entry => entry.Score)];
        scores[unknown] = scores.Min() - UnknownPenalty;
        longest = entries.Max(entry => entry.Piece.Length);
        pieces = ((Dictionary<string, int>)Vocabulary).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override void Tokenize(string word, List<int> ids)
    {
        var best = new (double Score, int Start, int Id)[word.Length + 1];
        Array.Fill(best, (double.NegativeInfinity, -1, -1));
        best[0].Score = 0;
        for (var start = 0; start < word.Length; start += CharacterLength(word, start))
        {
            var first = start + CharacterLength(word, start);
            var known = false;
            for (var end = first; end <= word.Length && end - start <= longest; end++)
            {
                if (pieces.TryGetValue(word.AsSpan(start, end - start), out var id))
                {
                    known |= end == first;
                    Offer(start, end, id);
                }
            }

            if (!known)
            {
                Offer(start, first, unknown);
            }
        }

        Collect(best, ids);

        void Offer(int start, int end, int id)
        {
            var score = best[start].Score + scores[id];
            if (score > best[end].Score)
            {
                best[end] = (score, start, id);
            }
        }
    }

    /// <summary>Reads the best path backwards; adjacent unknown pieces count as one.</summary>
    private void Collect((double Score, int Start, int Id)[] best, List<int> ids)
    {
        var path = new Stack<int>();
        for (var at = best.Length - 1; at > 0; at = best[at].Start)
        {
            if (best[at].Id != unknown || path.Count == 0 || path.Peek() != unknown)
            {
                path.Push(best[at].Id);
            }
        }

        ids.AddRange(path);
    }

    private static int CharacterLength(string word, int at) =>
        char.IsHighSurrogate(word[at]) && at + 1 < word.Length && char.IsLowSurrogate(word[at + 1]) ? 2 : 1;

    private static Dictionary<string, int> Index(IReadOnlyList<(string Piece, double Score)> entries)
    {
        var index = new Dictionary<string, int>(entries.Count, StringComparer.Ordinal);
        for (var id = 0; id < entries.Count; id++)
        {
            index[entries[id].Piece] = id;
        }

        return index;
    }
}
