using System.Globalization;
using System.Text;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>
/// The full Lucene syntax: field:term, AND OR NOT && || ! + -, (groups), "phrases"~slop, fuzzy~, wild*ca?ds, /expressions/, boosts^2.
/// Ranges are not part of the service's syntax: they belong into $filter.
/// </summary>
internal sealed class LuceneQueryParser(string text, bool allTerms)
{
    private const int MaxDepth = 50;
    private const int DefaultEdits = 2;
    private int _position;
    private int _depth;

    public static TextQuery Parse(string text, bool allTerms)
    {
        var parser = new LuceneQueryParser(text, allTerms);
        var query = parser.ParseClauses(null);
        return parser._position == text.Length ? query : throw parser.Failure();
    }

    private TextQuery ParseClauses(string? field)
    {
        if (++_depth > MaxDepth)
        {
            throw Failure();
        }

        var clauses = new List<Clause>();
        while (true)
        {
            SkipSpace();
            if (_position == text.Length || text[_position] == ')')
            {
                break;
            }

            var joinedByAnd = SkipWord("AND") || SkipText("&&");
            var joinedByOr = !joinedByAnd && (SkipWord("OR") || SkipText("||"));
            if ((joinedByAnd || joinedByOr) && clauses.Count == 0)
            {
                throw Failure();
            }

            SkipSpace();
            var occurrence = ParseModifier();
            var query = ParseClause(field);
            Add(clauses, query, occurrence, joinedByAnd, joinedByOr);
        }

        _depth--;
        if (clauses.Count > 0 && clauses.All(clause => clause.Occurrence == Occurrence.MustNot))
        {
            clauses.Add(new Clause(Occurrence.Must, new TextQuery.Everything { Boost = 0 }));
        }

        return clauses is [{ Occurrence: not Occurrence.MustNot } only] ? only.Query : new TextQuery.Combined(clauses);
    }

    /// <summary>AND makes both of its neighbours required, OR makes them optional where terms are required by default.</summary>
    private void Add(List<Clause> clauses, TextQuery query, Occurrence? modifier, bool joinedByAnd, bool joinedByOr)
    {
        if (clauses.Count > 0 && clauses[^1].Occurrence != Occurrence.MustNot)
        {
            if (joinedByAnd)
            {
                clauses[^1] = clauses[^1] with { Occurrence = Occurrence.Must };
            }
            else if (joinedByOr && allTerms)
            {
                clauses[^1] = clauses[^1] with { Occurrence = Occurrence.Should };
            }
        }

        var required = joinedByAnd || (allTerms && !joinedByOr);
        clauses.Add(new Clause(modifier ?? (required ? Occurrence.Must : Occurrence.Should), query));
    }

    private Occurrence? ParseModifier()
    {
        if (SkipWord("NOT") || SkipText("!") || SkipText("-"))
        {
            SkipSpace();
            return Occurrence.MustNot;
        }

        return SkipText("+") ? Occurrence.Must : null;
    }

    private TextQuery ParseClause(string? field)
    {
        if (_position == text.Length)
        {
            throw Failure();
        }

        TextQuery query;
        switch (text[_position])
        {
            case '(':
                _position++;
                query = ParseClauses(field);
                if (!SkipText(")"))
                {
                    throw Failure();
                }

                break;
            case '"':
                var phrase = ReadUntil('"');
                query = new TextQuery.Phrase(phrase, SkipText("~") ? (int)ReadNumber(0) : 0) { FieldPath = field };
                break;
            case '/':
                query = new TextQuery.Expression(ReadUntil('/')) { FieldPath = field };
                break;
            case '[' or '{':
                throw Failure();
            default:
                var (term, hasWildcard) = ReadTerm();
                if (SkipText(":"))
                {
                    return field is null || ++_depth < MaxDepth ? ParseClause(term) : throw Failure();
                }

                query = MakeTerm(term, hasWildcard, field);
                break;
        }

        return SkipText("^") ? query with { Boost = query.Boost * (float)ReadNumber(1) } : query;
    }

    private TextQuery MakeTerm(string term, bool hasWildcard, string? field)
    {
        if (SkipText("~"))
        {
            return new TextQuery.Fuzzy(term, (int)Math.Min(DefaultEdits, ReadNumber(DefaultEdits))) { FieldPath = field };
        }

        if (!hasWildcard)
        {
            return new TextQuery.Word(term) { FieldPath = field };
        }

        if (term == "*")
        {
            return new TextQuery.Everything();
        }

        if (term[0] is '*' or '?')
        {
            throw Failure();
        }

        return term.AsSpan(0, term.Length - 1).IndexOfAny('*', '?') < 0 && term[^1] == '*'
            ? new TextQuery.Prefix(term[..^1]) { FieldPath = field }
            : new TextQuery.Wildcard(term) { FieldPath = field };
    }

    private (string Term, bool HasWildcard) ReadTerm()
    {
        var term = new StringBuilder();
        var hasWildcard = false;
        while (_position < text.Length)
        {
            var c = text[_position];
            if (c == '\\' && _position + 1 < text.Length)
            {
                term.Append(text[_position + 1]);
                _position += 2;
                continue;
            }

            if (char.IsWhiteSpace(c) || c is '(' or ')' or '"' or ':' or '^' or '~' or '[' or ']' or '{' or '}')
            {
                break;
            }

            hasWildcard |= c is '*' or '?';
            term.Append(c);
            _position++;
        }

        return term.Length == 0 ? throw Failure() : (term.ToString(), hasWildcard);
    }

    private string ReadUntil(char end)
    {
        var value = new StringBuilder();
        for (_position++; _position < text.Length; _position++)
        {
            var c = text[_position];
            if (c == end)
            {
                _position++;
                return value.ToString();
            }

            if (c == '\\' && _position + 1 < text.Length && text[_position + 1] == end)
            {
                c = text[++_position];
            }

            value.Append(c);
        }

        throw Failure();
    }

    private double ReadNumber(double missing)
    {
        var start = _position;
        while (_position < text.Length && (char.IsAsciiDigit(text[_position]) || text[_position] == '.'))
        {
            _position++;
        }

        return start == _position ? missing
            : double.TryParse(
                text.AsSpan(start, _position - start),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
            : throw Failure();
    }

    private void SkipSpace()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }
    }

    private bool SkipText(string expected)
    {
        if (!text.AsSpan(_position).StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    private bool SkipWord(string word)
    {
        var end = _position + word.Length;
        if (
            !text.AsSpan(_position).StartsWith(word, StringComparison.Ordinal)
            || (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '(')
        )
        {
            return false;
        }

        _position = end;
        return true;
    }

    private ServiceException Failure() =>
        ServiceException.BadRequest(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Failed to parse query string at position {_position} in '{text}'. See https://aka.ms/azure-search-full-query for "
                    + $"supported syntax."
            )
        );
}
