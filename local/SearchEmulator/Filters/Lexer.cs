using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SearchEmulator.Documents;

namespace SearchEmulator.Filters;

internal sealed partial class Lexer(string text, string parameter)
{
    private int _position;

    public List<Lexeme> ReadAll()
    {
        var lexemes = new List<Lexeme>();
        do
        {
            lexemes.Add(Next());
        } while (lexemes[^1].Kind != LexemeKind.End);
        return lexemes;
    }

    private Lexeme Next()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        var start = _position;
        if (start == text.Length)
        {
            return new Lexeme(LexemeKind.End, string.Empty, start, start);
        }

        var c = text[start];
        switch (c)
        {
            case '(':
                return Punctuation(LexemeKind.Open);
            case ')':
                return Punctuation(LexemeKind.Close);
            case ',':
                return Punctuation(LexemeKind.Comma);
            case ':':
                return Punctuation(LexemeKind.Colon);
            case '/':
                return Punctuation(LexemeKind.Slash);
            case '\'':
                return new Lexeme(LexemeKind.String, ReadString(), start, _position);
        }

        if (
            char.IsAsciiDigit(c)
            || (c is '-' or '+' && start + 1 < text.Length && (char.IsAsciiDigit(text[start + 1]) || text[start + 1] is '.' or 'I'))
        )
        {
            return ReadNumberOrDate();
        }

        if (char.IsAsciiLetter(c) || c == '_' || c == '$')
        {
            return ReadWord();
        }

        throw FilterErrors.Syntax(start + 1, text, parameter);
    }

    private Lexeme Punctuation(LexemeKind kind) => new(kind, text[_position].ToString(), _position, ++_position);

    private string ReadString()
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length)
        {
            var c = text[_position++];
            if (c != '\'')
            {
                value.Append(c);
            }
            else if (_position < text.Length && text[_position] == '\'')
            {
                value.Append('\'');
                _position++;
            }
            else
            {
                return value.ToString();
            }
        }

        throw FilterErrors.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"There is an unterminated string literal at position {start + 1} in '{text}'."),
            parameter
        );
    }

    private Lexeme ReadNumberOrDate()
    {
        var start = _position;
        if (DatePattern().Match(text, start) is { Success: true } date)
        {
            _position += date.Length;
            return ValueReader.ReadDate(date.Value) is { } value
                ? new Lexeme(LexemeKind.Date, value, start, _position)
                : throw FilterErrors.Syntax(_position, text, parameter);
        }

        if (text.AsSpan(start).StartsWith("-INF", StringComparison.Ordinal))
        {
            _position += 4;
            return new Lexeme(LexemeKind.Float, double.NegativeInfinity, start, _position);
        }

        var number = NumberPattern().Match(text, start);
        _position += number.Length;
        if (!number.Success || (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_')))
        {
            throw FilterErrors.Syntax(Math.Min(_position + 1, text.Length), text, parameter);
        }

        return long.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? new Lexeme(LexemeKind.Integer, whole, start, _position)
            : new Lexeme(
                LexemeKind.Float,
                double.Parse(number.Value.TrimEnd('d', 'D', 'f', 'F', 'm', 'M', 'L', 'l'), CultureInfo.InvariantCulture),
                start,
                _position
            );
    }

    private Lexeme ReadWord()
    {
        var start = _position;
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] is '_' or '.' or '$'))
        {
            _position++;
        }

        var word = text[start.._position];
        if (_position < text.Length && text[_position] == '\'' && word is "geography" or "geometry")
        {
            return new Lexeme(LexemeKind.Geography, ReadString(), start, _position);
        }

        return word switch
        {
            "INF" => new Lexeme(LexemeKind.Float, double.PositiveInfinity, start, _position),
            "NaN" => new Lexeme(LexemeKind.Float, double.NaN, start, _position),
            _ => new Lexeme(LexemeKind.Identifier, word, start, _position),
        };
    }

    [GeneratedRegex(
        @"\G\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,12})?)?(Z|[+-]\d\d:\d\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\G[+-]?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?[dDfFmMlL]?", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
