using System.Text;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>
/// The simple syntax: words, "phrases", prefix*, + (and), | (or), - (not), parentheses, backslash to escape. What makes no sense as an
/// operator is taken as text; only too many clauses are refused.
/// </summary>
internal sealed class SimpleQueryParser(string text, bool allTerms)
{
    private const int MaxDepth = 50;
    private const int MaxClauses = 3000;
    private const int MaxLevels = 100;
    private int _position;
    private int _depth;
    private int _clauses;
    private int _levels;

    public static TextQuery Parse(string text, bool allTerms) => new SimpleQueryParser(text, allTerms).ParseSequence();

    private TextQuery ParseSequence()
    {
        _depth++;
        var operands = new List<(TextQuery Query, bool And)>();
        var and = allTerms;
        while (_position < text.Length)
        {
            var c = text[_position];
            if (char.IsWhiteSpace(c))
            {
                _position++;
            }
            else if (c == ')')
            {
                _position++;
                if (_depth > 1)
                {
                    break;
                }
            }
            else if (c is '+' or '|')
            {
                and = c == '+';
                _position++;
            }
            else if (ParseOperand() is { } operand)
            {
                operands.Add((operand, and));
                and = allTerms;
            }
        }

        _depth--;
        return operands.Count == 0
            ? new TextQuery.Combined([])
            : operands.Skip(1).Aggregate(operands[0].Query, (left, right) => Join(left, right.Query, right.And));
    }

    /// <summary>Neighbours joined by the same operator share one level, as their scores add up there.</summary>
    private TextQuery.Combined Join(TextQuery left, TextQuery right, bool and)
    {
        var occurrence = and ? Occurrence.Must : Occurrence.Should;
        var clauses =
            left is TextQuery.Combined { Clauses: List<Clause> { Count: > 1 } own }
            && own.TrueForAll(clause => clause.Occurrence == occurrence)
                ? own
                : [new Clause(occurrence, left)];
        // Each change between `and` and `or` nests what came before one level deeper.
        if (clauses.Count == 1 && ++_levels > MaxLevels)
        {
            throw ServiceException.BadRequest(
                "The search text changes between + and | too often. Group its parts by parentheses.\r\nParameter name: search"
            );
        }

        clauses.Add(new Clause(occurrence, right));
        return new TextQuery.Combined(clauses);
    }

    private TextQuery? ParseOperand()
    {
        switch (text[_position])
        {
            case '-' when _depth < MaxDepth && _position + 1 < text.Length && !char.IsWhiteSpace(text[_position + 1]):
                _position++;
                _depth++;
                var negated = ParseOperand();
                _depth--;
                return negated is null
                    ? null
                    : new TextQuery.Combined([
                        new Clause(Occurrence.MustNot, negated),
                        new Clause(Occurrence.Must, new TextQuery.Everything { Boost = 0 }),
                    ]);
            case '(' when _depth < MaxDepth:
                _position++;
                return ParseSequence();
            case '"' when text.IndexOf('"', _position + 1) is var end and > 0:
                var phrase = text[(_position + 1)..end];
                _position = end + 1;
                return new TextQuery.Phrase(phrase, 0);
            default:
                return ParseWord();
        }
    }

    private TextQuery? ParseWord()
    {
        if (++_clauses > MaxClauses)
        {
            throw ServiceException.BadRequest("The search text has more than 3000 clauses.\r\nParameter name: search");
        }

        var word = new StringBuilder();
        var start = _position;
        while (_position < text.Length)
        {
            var c = text[_position];
            if (c == '\\' && _position + 1 < text.Length)
            {
                word.Append(text[_position + 1]);
                _position += 2;
                continue;
            }

            if (char.IsWhiteSpace(c) || (_position > start && c is '+' or '|' or '(' or ')' or '"'))
            {
                break;
            }

            word.Append(c);
            _position++;
        }

        var text1 = word.ToString();
        if (text1 == "*")
        {
            return new TextQuery.Everything();
        }

        return text1.Length > 1 && text1[^1] == '*' && text[_position - 1] == '*' && (_position < 2 || text[_position - 2] != '\\')
                ? new TextQuery.Prefix(text1[..^1])
            : text1.Length == 0 ? null
            : new TextQuery.Word(text1);
    }
}
