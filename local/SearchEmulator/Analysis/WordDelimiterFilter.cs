using System.Globalization;

namespace SearchEmulator.Analysis;

/// <summary>
/// `word_delimiter`: takes a token apart at what is neither letter nor digit, and where the kind of character changes. Parts that were
/// put together again come with the first of them, at its position, as in Lucene since 4.8.
/// </summary>
internal sealed class WordDelimiterFilter(WordDelimiterOptions options) : TokenFilter
{
    [Flags]
    private enum Kind
    {
        Delimiter = 0,
        Lower = 1,
        Upper = 2,
        Letter = Lower | Upper,
        Digit = 4,
    }

    private readonly record struct Part(int Start, int End, bool IsNumber);

    public override IEnumerable<Token> Apply(IEnumerable<Token> tokens)
    {
        var (position, before) = (-1, -1);
        foreach (var token in tokens)
        {
            // A gap, as that of a stop word, stays one.
            var first = position + (token.Position - before);
            var added = Split(token);
            for (var i = 0; i < added.Count; i++)
            {
                yield return added[i] with
                {
                    Position = first + added[i].Position,
                };
                position = Math.Max(position, first + added[i].Position);
            }

            before = token.Position;
        }
    }

    /// <summary>Positions count from 0 within the token.</summary>
    private List<Token> Split(Token token)
    {
        var text = token.Term;
        var parts = options.ProtectedWords.Contains(text) ? [] : Parts(text);
        if (options.ProtectedWords.Contains(text) || (parts.Count == 1 && parts[0] is { Start: 0 } only && only.End == text.Length))
        {
            return [token with { Position = 0 }];
        }

        var found = new List<(Token Token, bool IsPart)>();
        if (options.PreserveOriginal)
        {
            found.Add((token with { Position = 0 }, false));
        }

        var position = 0;
        for (var i = 0; i < parts.Count; )
        {
            var end = i + 1;
            while (end < parts.Count && parts[end].IsNumber == parts[i].IsNumber)
            {
                end++;
            }

            var (generates, catenates) = parts[i].IsNumber
                ? (options.GenerateNumberParts, options.CatenateNumbers)
                : (options.GenerateWordParts, options.CatenateWords);
            var at = position;
            for (var part = i; part < end && generates; part++)
            {
                found.Add((Of(token, parts, part, part + 1, position++), true));
            }

            if (catenates && (end - i > 1 || !generates))
            {
                found.Add((Of(token, parts, i, end, at), false));
                position = Math.Max(position, at + 1);
            }

            i = end;
        }

        if (options.CatenateAll && parts.Count > 1)
        {
            found.Add((Of(token, parts, 0, parts.Count, 0), false));
        }

        return
        [
            .. found
                .OrderBy(item => item.Token.Position)
                .ThenByDescending(item => item.IsPart && !options.PreserveOriginal)
                .Select(item => item.Token),
        ];
    }

    private static Token Of(Token token, List<Part> parts, int from, int to, int position)
    {
        var term = string.Concat(parts[from..to].Select(part => token.Term[part.Start..part.End]));

        // Where a filter before has changed the length, only the whole token's place is known.
        return token.Length == token.Term.Length
            ? new Token(term, position, token.Start + parts[from].Start, parts[to - 1].End - parts[from].Start)
            : token with
            {
                Term = term,
                Position = position,
            };
    }

    private List<Part> Parts(string text)
    {
        var parts = new List<Part>();
        for (var start = 0; start < text.Length; )
        {
            var kind = KindOf(text[start]);
            if (kind == Kind.Delimiter)
            {
                start++;
                continue;
            }

            var end = start + 1;
            for (var last = kind; end < text.Length && KindOf(text[end]) is var next && !Breaks(last, next); end++)
            {
                last = next;
            }

            parts.Add(new Part(start, end, (kind & Kind.Letter) == 0));
            start = end;
            start += options.StemEnglishPossessive && IsPossessive(text, start) ? 2 : 0;
        }

        return parts;
    }

    private bool Breaks(Kind last, Kind next)
    {
        if ((last & next) != 0)
        {
            return false;
        }

        if (next == Kind.Delimiter)
        {
            return true;
        }

        var isWord = (last & Kind.Letter) != 0 && (next & Kind.Letter) != 0;

        // A capital and what follows it are one word: Power, POWER.
        return isWord ? options.SplitOnCaseChange && last != Kind.Upper : options.SplitOnNumerics;
    }

    private static bool IsPossessive(string text, int at) =>
        at > 0
        && at + 1 < text.Length
        && text[at] == '\''
        && text[at + 1] is 's' or 'S'
        && (KindOf(text[at - 1]) & Kind.Letter) != 0
        && (at + 2 == text.Length || KindOf(text[at + 2]) == Kind.Delimiter);

    private static Kind KindOf(char c) =>
        char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.UppercaseLetter => Kind.Upper,
            UnicodeCategory.LowercaseLetter => Kind.Lower,
            UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpacingCombiningMark => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            UnicodeCategory.Surrogate => Kind.Letter | Kind.Digit,
            _ => Kind.Delimiter,
        };
}

/// <summary>The options of a `WordDelimiterTokenFilter`, with the service's defaults.</summary>
internal sealed record WordDelimiterOptions
{
    public bool GenerateWordParts { get; init; } = true;

    public bool GenerateNumberParts { get; init; } = true;

    public bool CatenateWords { get; init; }

    public bool CatenateNumbers { get; init; }

    public bool CatenateAll { get; init; }

    public bool SplitOnCaseChange { get; init; } = true;

    public bool PreserveOriginal { get; init; }

    public bool SplitOnNumerics { get; init; } = true;

    public bool StemEnglishPossessive { get; init; } = true;

    public IReadOnlySet<string> ProtectedWords { get; init; } = new HashSet<string>();
}
