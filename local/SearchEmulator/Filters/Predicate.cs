using SearchEmulator.Definitions;
using SearchEmulator.Values;

namespace SearchEmulator.Filters;

/// <summary>An expression that fits the schema: every field exists, every type agrees, every constant has the type of its field.</summary>
internal abstract record Predicate
{
    internal sealed record Fixed(bool Value) : Predicate;

    internal sealed record And(IReadOnlyList<Predicate> Operands) : Predicate;

    internal sealed record Or(IReadOnlyList<Predicate> Operands) : Predicate;

    internal sealed record Not(Predicate Operand) : Predicate;

    /// <summary>A null constant occurs with Equal and NotEqual only.</summary>
    internal sealed record Compare(FieldReference Field, Operator Operator, object? Constant) : Predicate;

    internal sealed record In(FieldReference Field, IReadOnlySet<string> Values) : Predicate;

    internal sealed record Distance(FieldReference Field, GeoPoint From, Operator Operator, double Kilometres) : Predicate;

    internal sealed record Within(FieldReference Field, IReadOnlyList<GeoPoint> Polygon) : Predicate;

    internal sealed record Matches(TextMatch Match) : Predicate;

    internal sealed record Quantified(FieldReference Collection, bool All, Predicate? Body) : Predicate;
}

/// <summary>
/// A value to fetch from the item at hand (a document, or the element that a lambda's variable stands for).
/// No steps means the item itself.
/// </summary>
internal sealed record FieldReference(IReadOnlyList<int> Steps, Field Field, EdmType Type)
{
    public object? Fetch(object? item)
    {
        foreach (var ordinal in Steps)
        {
            if (item is not object?[] values)
            {
                return null;
            }

            item = values[ordinal];
        }

        return item;
    }
}

/// <summary>The arguments of search.ismatch and search.ismatchscoring.</summary>
internal sealed record TextMatch(string Query, IReadOnlyList<string> Fields, bool FullSyntax, bool AllTerms, bool Scoring);
