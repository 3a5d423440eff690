namespace Serverless.Embeddings.Tokenization;

/// <summary>Ids of several texts, row by row, all of the same length, with a mask of tokens (1) and padding (0).</summary>
internal sealed record TokenBatch(long[] Ids, long[] Mask, int Rows, int Length);

internal sealed record TextTokenizerParts(
    TokenModel Model,
    IReadOnlyList<TextNormalizer> Normalizers,
    IReadOnlyList<PreTokenizer> PreTokenizers,
    IReadOnlyList<AddedToken> AddedTokens,
    IReadOnlyList<int> Before,
    IReadOnlyList<int> After
);

/// <summary>Converts text to token ids as defined by a model's tokenizer files. Thread-safe.</summary>
internal sealed class TextTokenizer(TextTokenizerParts parts, int maxLength, int paddingId)
{
    /// <summary>Longer texts add no tokens to any model; cutting them early keeps hostile ones cheap.</summary>
    private const int MostCharacters = 32_768;

    private readonly AddedTokens verbatim = new([.. parts.AddedTokens.Where(token => !token.Normalized)]);
    private readonly AddedTokens normalized = new([
        .. parts.AddedTokens.Where(token => token.Normalized).Select(token => token with { Content = Normalize(parts, token.Content) }),
    ]);

    public int MaxLength => maxLength;

    public int PaddingId => paddingId;

    /// <summary>The ids of one text, with opening and closing tokens, cut to the model's limit.</summary>
    public int[] Encode(string text)
    {
        text = text.Length > MostCharacters ? text[..MostCharacters] : text;
        var ids = new List<int>();
        foreach (var (token, piece) in verbatim.Split(text))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                continue;
            }

            foreach (var (inner, part) in normalized.Split(Normalize(parts, piece)))
            {
                if (inner is not null)
                {
                    ids.Add(inner.Id);
                }
                else
                {
                    Tokenize(part, ids);
                }
            }
        }

        var room = maxLength - parts.Before.Count - parts.After.Count;
        return [.. parts.Before, .. ids.Take(room), .. parts.After];
    }

    /// <summary>Several texts in one tensor; without <paramref name="length"/> they are padded to the longest.</summary>
    public TokenBatch EncodeBatch(IReadOnlyList<string> texts, int? length)
    {
        var rows = texts.Select(Encode).ToArray();
        var columns = length ?? Math.Max(1, rows.Max(row => row.Length));
        var ids = new long[rows.Length * columns];
        var mask = new long[ids.Length];
        Array.Fill(ids, paddingId);
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < Math.Min(columns, rows[r].Length); c++)
            {
                ids[(r * columns) + c] = rows[r][c];
                mask[(r * columns) + c] = 1;
            }
        }

        return new TokenBatch(ids, mask, rows.Length, columns);
    }

    private static string Normalize(TextTokenizerParts parts, string text) =>
        parts.Normalizers.Aggregate(text, (current, normalizer) => normalizer.Apply(current));

    private void Tokenize(string text, List<int> ids)
    {
        if (text.Length == 0)
        {
            return;
        }

        IEnumerable<string> words = [text];
        foreach (var step in parts.PreTokenizers)
        {
            words = words.SelectMany(step.Split);
        }

        foreach (var word in words.Where(word => word.Length > 0))
        {
            parts.Model.Tokenize(word, ids);
        }
    }
}
