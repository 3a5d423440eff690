namespace Serverless.Embeddings.Tokenization;

/// <summary>BERT's word pieces: the longest known piece first, from left to right. A word that cannot be covered is unknown.</summary>
/// <param name="prefix">Before every piece but the first of a word.</param>
/// <param name="mostCharacters">Longer words are unknown.</param>
internal sealed class WordPieceModel(Dictionary<string, int> vocabulary, int unknown, string prefix, int mostCharacters)
    : TokenModel(vocabulary)
{
    private readonly int longest = vocabulary.Keys.Max(piece => piece.Length);

    public override void Tokenize(string word, List<int> ids)
    {
        var known = ids.Count;
        for (var start = 0; start < word.Length; )
        {
            if (Longest(word, start) is not { } piece || (start == 0 && word.EnumerateRunes().Count() > mostCharacters))
            {
                ids.RemoveRange(known, ids.Count - known);
                ids.Add(unknown);
                return;
            }

            ids.Add(piece.Id);
            start = piece.End;
        }
    }

    private (int Id, int End)? Longest(string word, int start)
    {
        var before = start == 0 ? string.Empty : prefix;
        for (var end = Math.Min(word.Length, start + longest); end > start; end--)
        {
            if (Vocabulary.TryGetValue(before + word[start..end], out var id))
            {
                return (id, end);
            }
        }

        return null;
    }
}
