using System.Globalization;

namespace SearchEmulator.Filters;

/// <summary>Recursive descent over the service's OData grammar: `or` binds loosest, then `and`, comparisons, and `not` tightest.</summary>
internal sealed class Parser
{
    private const int MaxDepth = 100;
    private const int MaxClauses = 500;
    private readonly string _text;
    private readonly string _parameter;
    private readonly List<Lexeme> _lexemes;
    private int _next;
    private int _depth;
    private int _clauses;

    public Parser(string text, string parameter)
    {
        _text = text;
        _parameter = parameter;
        _lexemes = new Lexer(text, parameter).ReadAll();
    }

    private Lexeme Current => _lexemes[_next];

    public static Syntax ParseFilter(string text)
    {
        var parser = new Parser(text, FilterErrors.Filter);
        var filter = parser.ParseOr();
        parser.ExpectEnd();
        return filter;
    }

    public void ExpectEnd()
    {
        if (Current.Kind != LexemeKind.End)
        {
            throw Unexpected();
        }
    }

    public bool Skip(LexemeKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _next++;
        return true;
    }

    public bool SkipWord(string word)
    {
        if (Current.Kind != LexemeKind.Identifier || Current.Text != word)
        {
            return false;
        }

        _next++;
        return true;
    }

    private Syntax ParseOr()
    {
        if (++_depth > MaxDepth)
        {
            throw FilterErrors.Invalid("Recursion limit reached: the expression is nested too deeply.", _parameter);
        }

        var operands = ParseList("or", ParseAnd);
        _depth--;
        return operands.Count == 1 ? operands[0] : new Syntax.Or(operands, operands[0].Position);
    }

    private Syntax ParseAnd()
    {
        var operands = ParseList("and", ParseComparison);
        return operands.Count == 1 ? operands[0] : new Syntax.And(operands, operands[0].Position);
    }

    private List<Syntax> ParseList(string word, Func<Syntax> parseOperand)
    {
        var operands = new List<Syntax> { parseOperand() };
        while (SkipWord(word))
        {
            operands.Add(parseOperand());
        }

        return operands;
    }

    private Syntax ParseComparison()
    {
        if (++_clauses > MaxClauses)
        {
            throw FilterErrors.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The expression has more than {MaxClauses} clauses. To compare one field with many values use the function search.in."
                ),
                _parameter
            );
        }

        var left = ParseUnary();
        if (Current.Kind != LexemeKind.Identifier || ReadOperator(Current.Text) is not { } operation)
        {
            return left;
        }

        _next++;
        return new Syntax.Compare(operation, left, ParseUnary(), left.Position);
    }

    private Syntax ParseUnary()
    {
        var start = Current.Start;
        if (!SkipWord("not"))
        {
            return ParsePrimary();
        }

        if (++_depth > MaxDepth)
        {
            throw FilterErrors.Invalid("Recursion limit reached: the expression is nested too deeply.", _parameter);
        }

        var operand = ParseUnary();
        _depth--;
        return new Syntax.Not(operand, start);
    }

    public Syntax ParsePrimary()
    {
        var lexeme = Current;
        switch (lexeme.Kind)
        {
            case LexemeKind.Open:
                _next++;
                var inner = ParseOr();
                Expect(LexemeKind.Close);
                return inner;
            case LexemeKind.String or LexemeKind.Integer or LexemeKind.Float or LexemeKind.Date:
                _next++;
                return new Syntax.Literal(lexeme.Value, lexeme.Start);
            case LexemeKind.Geography:
                _next++;
                return new Syntax.Geography(lexeme.Text, lexeme.Start);
            case LexemeKind.Identifier:
                return ParseWord();
            default:
                throw Unexpected();
        }
    }

    private Syntax ParseWord()
    {
        var lexeme = Current;
        _next++;
        switch (lexeme.Text)
        {
            case "true":
                return new Syntax.Literal(true, lexeme.Start);
            case "false":
                return new Syntax.Literal(false, lexeme.Start);
            case "null":
                return new Syntax.Literal(null, lexeme.Start);
        }

        return Current.Kind == LexemeKind.Open ? ParseCall(lexeme) : ParsePath(lexeme);
    }

    private Syntax.Call ParseCall(Lexeme name)
    {
        Expect(LexemeKind.Open);
        var arguments = new List<Syntax>();
        if (Current.Kind != LexemeKind.Close)
        {
            do
            {
                arguments.Add(ParseOr());
            } while (Skip(LexemeKind.Comma));
        }

        Expect(LexemeKind.Close);
        return new Syntax.Call(name.Text, arguments, name.Start);
    }

    private Syntax ParsePath(Lexeme first)
    {
        var names = new List<string> { first.Text };
        while (Skip(LexemeKind.Slash))
        {
            var part = Current;
            if (part.Kind != LexemeKind.Identifier)
            {
                throw Unexpected();
            }

            _next++;
            if (part.Text is "any" or "all" && Current.Kind == LexemeKind.Open)
            {
                return ParseQuantified(new Syntax.Path(names, first.Start), part.Text == "all");
            }

            names.Add(part.Text);
        }

        return new Syntax.Path(names, first.Start);
    }

    private Syntax.Quantified ParseQuantified(Syntax.Path collection, bool all)
    {
        Expect(LexemeKind.Open);
        if (!all && Skip(LexemeKind.Close))
        {
            return new Syntax.Quantified(collection, false, null, null, collection.Position);
        }

        var variable = Current;
        Expect(LexemeKind.Identifier);
        Expect(LexemeKind.Colon);
        var body = ParseOr();
        Expect(LexemeKind.Close);
        return new Syntax.Quantified(collection, all, variable.Text, body, collection.Position);
    }

    private void Expect(LexemeKind kind)
    {
        if (!Skip(kind))
        {
            throw Unexpected();
        }
    }

    private Http.ServiceException Unexpected() => FilterErrors.Syntax(Current.End, _text, _parameter);

    private static Operator? ReadOperator(string word) =>
        word switch
        {
            "eq" => Operator.Equal,
            "ne" => Operator.NotEqual,
            "lt" => Operator.LessThan,
            "le" => Operator.LessThanOrEqual,
            "gt" => Operator.GreaterThan,
            "ge" => Operator.GreaterThanOrEqual,
            _ => null,
        };
}
