namespace SearchEmulator.Filters;

/// <summary>An expression as written, before it meets a schema.</summary>
internal abstract record Syntax(int Position)
{
    internal sealed record Literal(object? Value, int Position) : Syntax(Position);

    internal sealed record Geography(string Text, int Position) : Syntax(Position);

    internal sealed record Path(IReadOnlyList<string> Names, int Position) : Syntax(Position);

    internal sealed record Compare(Operator Operator, Syntax Left, Syntax Right, int Position) : Syntax(Position);

    internal sealed record And(IReadOnlyList<Syntax> Operands, int Position) : Syntax(Position);

    internal sealed record Or(IReadOnlyList<Syntax> Operands, int Position) : Syntax(Position);

    internal sealed record Not(Syntax Operand, int Position) : Syntax(Position);

    internal sealed record Call(string Name, IReadOnlyList<Syntax> Arguments, int Position) : Syntax(Position);

    internal sealed record Quantified(Path Collection, bool All, string? Variable, Syntax? Body, int Position) : Syntax(Position);
}

internal enum Operator
{
    Equal,
    NotEqual,
    LessThan,
    LessThanOrEqual,
    GreaterThan,
    GreaterThanOrEqual,
}

internal static class OperatorExtensions
{
    public static bool IsEquality(this Operator operation) => operation is Operator.Equal or Operator.NotEqual;

    /// <summary>The same comparison with its sides exchanged.</summary>
    public static Operator Swapped(this Operator operation) =>
        operation switch
        {
            Operator.LessThan => Operator.GreaterThan,
            Operator.LessThanOrEqual => Operator.GreaterThanOrEqual,
            Operator.GreaterThan => Operator.LessThan,
            Operator.GreaterThanOrEqual => Operator.LessThanOrEqual,
            _ => operation,
        };

    public static bool Holds(this Operator operation, int comparison) =>
        operation switch
        {
            Operator.Equal => comparison == 0,
            Operator.NotEqual => comparison != 0,
            Operator.LessThan => comparison < 0,
            Operator.LessThanOrEqual => comparison <= 0,
            Operator.GreaterThan => comparison > 0,
            _ => comparison >= 0,
        };
}
