namespace SearchEmulator.Analysis;

/// <summary>`edgeNGram_v2` from the front: the beginnings of each term, all at its position and with its place in the text.</summary>
internal sealed class EdgeNGramFilter(int min, int max) : TokenFilter
{
    public override IEnumerable<Token> Apply(IEnumerable<Token> tokens)
    {
        foreach (var token in tokens)
        {
            for (var length = min; length <= Math.Min(max, token.Term.Length); length++)
            {
                // Lucene counts code points.
                if (!char.IsHighSurrogate(token.Term[length - 1]))
                {
                    yield return token with
                    {
                        Term = token.Term[..length],
                    };
                }
            }
        }
    }
}
