using System.Globalization;

namespace SearchEmulator.Analysis;

internal readonly record struct Token(string Term, int Position, int Start, int Length);

internal enum Splitting
{
    None,
    Words,
    Letters,
    Whitespace,
}

/// <summary>
/// Text to terms. Word splitting follows letters, digits and marks with inner apostrophes and decimal points, which agrees with
/// Unicode's word boundaries on ordinary Western text; ideographs become one term each. Microsoft's own analyzers are not reproduced:
/// their English one is treated like Lucene's.
/// </summary>
internal sealed record Analyzer(Splitting Splitting, bool LowerCase, bool FoldAccents, bool Stem, IReadOnlySet<string> StopWords)
{
    private const int MaxTermLength = 255;

    public static readonly Analyzer Standard = new(Splitting.Words, true, false, false, Analysis.StopWords.None);
    public static readonly Analyzer Keyword = new(Splitting.None, false, false, false, Analysis.StopWords.None);
    public static readonly Analyzer Simple = new(Splitting.Letters, true, false, false, Analysis.StopWords.None);
    public static readonly Analyzer Whitespace = new(Splitting.Whitespace, false, false, false, Analysis.StopWords.None);
    public static readonly Analyzer English = new(Splitting.Words, true, false, true, Analysis.StopWords.English);

    /// <summary>What a custom analyzer does after its tokenizer.</summary>
    public IReadOnlyList<TokenFilter> Filters { get; init; } = [];

    public List<Token> Analyze(string text)
    {
        var tokens = Tokens(text);
        return Filters.Count == 0 ? tokens : [.. Filters.Aggregate((IEnumerable<Token>)tokens, (input, filter) => filter.Apply(input))];
    }

    private List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        var position = 0;
        foreach (var (start, length) in Split(text))
        {
            var term = Plain(text.Substring(start, length));
            if (!StopWords.Contains(term))
            {
                tokens.Add(new Token(Stem ? EnglishStemmer.Stem(term) : term, position, start, length));
            }

            // A stop word leaves a gap, so that phrases across it still match at the right distance.
            position++;
        }

        return tokens;
    }

    /// <summary>For prefixes and patterns: what is done to every term, without splitting.</summary>
    public string Normalize(string term) => Filters.Aggregate(Plain(term), (changed, filter) => filter.Normalize(changed));

    private string Plain(string term)
    {
        if (LowerCase)
        {
            term = term.ToLowerInvariant();
        }

        return FoldAccents ? AsciiFolding.Fold(term) : term;
    }

    private IEnumerable<(int Start, int Length)> Split(string text)
    {
        if (Splitting == Splitting.None)
        {
            if (text.Length > 0)
            {
                yield return (0, text.Length);
            }

            yield break;
        }

        var start = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (Splitting == Splitting.Words && IsIdeograph(text[i]))
            {
                if (start >= 0)
                {
                    yield return (start, i - start);
                }

                yield return (i, 1);
                start = -1;
            }
            else if (IsPartOfTerm(text, i, start >= 0))
            {
                start = start < 0 ? i : start;
                if (i - start + 1 == MaxTermLength)
                {
                    yield return (start, MaxTermLength);
                    start = -1;
                }
            }
            else if (start >= 0)
            {
                yield return (start, i - start);
                start = -1;
            }
        }

        if (start >= 0)
        {
            yield return (start, text.Length - start);
        }
    }

    private bool IsPartOfTerm(string text, int i, bool within)
    {
        var c = text[i];
        switch (Splitting)
        {
            case Splitting.Whitespace:
                return !char.IsWhiteSpace(c);
            case Splitting.Letters:
                return char.IsLetter(c);
            default:
                if (char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c) || IsMark(c))
                {
                    return true;
                }

                return within && i + 1 < text.Length && Joins(text[i - 1], c, text[i + 1]);
        }
    }

    /// <summary>Characters that hold a word or a number together: O'Neil, example.com, 3.5, 1,000.</summary>
    private static bool Joins(char before, char c, char after) =>
        c switch
        {
            '\'' or '’' => char.IsLetter(before) && char.IsLetter(after),
            '.' => (char.IsLetter(before) && char.IsLetter(after)) || (char.IsDigit(before) && char.IsDigit(after)),
            ',' or ';' => char.IsDigit(before) && char.IsDigit(after),
            ':' or '·' => char.IsLetter(before) && char.IsLetter(after),
            _ => false,
        };

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;

    private static bool IsIdeograph(char c) =>
        c is (>= '\u3040' and <= '\u309f') or (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff');
}
