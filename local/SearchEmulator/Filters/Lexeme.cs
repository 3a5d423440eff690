namespace SearchEmulator.Filters;

internal enum LexemeKind
{
    End,
    Identifier,
    String,
    Integer,
    Float,
    Date,
    Geography,
    Open,
    Close,
    Comma,
    Colon,
    Slash,
}

/// <summary>A piece of an expression. <see cref="Value"/> is the literal's value, or the identifier.</summary>
internal readonly record struct Lexeme(LexemeKind Kind, object Value, int Start, int End)
{
    public string Text => Value as string ?? string.Empty;
}
