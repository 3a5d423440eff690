namespace SearchEmulator.Tests.Filters;

/// <summary>
/// A filter as the generator means it: its text, and the plainest evaluation of its meaning. It shares no code with the emulator's.
/// </summary>
public abstract record Expression
{
    public sealed record Always(bool Value) : Expression;

    public sealed record Both(Expression Left, Expression Right) : Expression;

    public sealed record Either(Expression Left, Expression Right) : Expression;

    public sealed record Opposite(Expression Operand) : Expression;

    /// <summary>Literal is null, string, bool, long, double or (for dates) DateTimeOffset. Flipped puts the literal first.</summary>
    public sealed record Comparison(string Path, string Operator, object? Literal, string LiteralText, bool Flipped) : Expression;

    public sealed record Flag(string Path) : Expression;

    public sealed record OneOf(string Path, IReadOnlyList<string> Values, char Delimiter) : Expression;

    public sealed record ForAny(string Path, string Variable, Expression Body) : Expression;

    public sealed record ForAll(string Path, string Variable, Expression Body) : Expression;

    public sealed record NotEmpty(string Path) : Expression;

    public string Text =>
        this switch
        {
            Always always => always.Value ? "true" : "false",
            Both both => $"({both.Left.Text}) and {Wrapped(both.Right)}",
            Either either => $"{Wrapped(either.Left)} or  ({either.Right.Text})",
            Opposite opposite => $"not ({opposite.Operand.Text})",
            Comparison { Flipped: true } comparison => $"{comparison.LiteralText} {Mirrored(comparison.Operator)} {comparison.Path}",
            Comparison comparison => $"{comparison.Path} {comparison.Operator} {comparison.LiteralText}",
            Flag flag => flag.Path,
            OneOf oneOf =>
                $"search.in({oneOf.Path}, '{string.Join(oneOf.Delimiter, oneOf.Values).Replace("'", "''", StringComparison.Ordinal)}', '{oneOf.Delimiter}')",
            ForAny any => $"{any.Path}/any({any.Variable}: {any.Body.Text})",
            ForAll all => $"{all.Path}/all({all.Variable}: {all.Body.Text})",
            NotEmpty notEmpty => $"{notEmpty.Path}/any()",
            _ => throw new InvalidOperationException(),
        };

    // `or` binds loosest: everything else can stand beside `and` without parentheses.
    private static string Wrapped(Expression expression) => expression is Either ? $"({expression.Text})" : expression.Text;

    private static string Mirrored(string operation) =>
        operation switch
        {
            "lt" => "gt",
            "gt" => "lt",
            "le" => "ge",
            "ge" => "le",
            _ => operation,
        };
}
