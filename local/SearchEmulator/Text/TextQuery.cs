namespace SearchEmulator.Text;

/// <summary>A parsed search text. Words are analysed only when they meet a field, since each field has its own analyzer.</summary>
internal abstract record TextQuery
{
    /// <summary>The one field that the text named (`title:rome`), or null for all fields of the request.</summary>
    public string? FieldPath { get; init; }

    public float Boost { get; init; } = 1;

    internal sealed record Everything : TextQuery;

    internal sealed record Word(string Text) : TextQuery;

    internal sealed record Phrase(string Text, int Slop) : TextQuery;

    internal sealed record Prefix(string Text) : TextQuery;

    /// <summary>`*` stands for any characters, `?` for one.</summary>
    internal sealed record Wildcard(string Pattern) : TextQuery;

    internal sealed record Expression(string Pattern) : TextQuery;

    internal sealed record Fuzzy(string Text, int Edits) : TextQuery;

    internal sealed record Combined(IReadOnlyList<Clause> Clauses) : TextQuery;
}

internal enum Occurrence
{
    Should,
    Must,
    MustNot,
}

internal readonly record struct Clause(Occurrence Occurrence, TextQuery Query);
