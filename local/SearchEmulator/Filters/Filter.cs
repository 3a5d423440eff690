using SearchEmulator.Definitions;

namespace SearchEmulator.Filters;

/// <summary>From text to a checked predicate: lexer, parser, checker.</summary>
internal static class Filter
{
    public static Predicate? Parse(string? text, IndexDefinition index) =>
        string.IsNullOrWhiteSpace(text) ? null : Checker.Check(Parser.ParseFilter(text), index);

    public static IEnumerable<TextMatch> TextMatches(Predicate? predicate) =>
        predicate switch
        {
            Predicate.And and => and.Operands.SelectMany(TextMatches),
            Predicate.Or or => or.Operands.SelectMany(TextMatches),
            Predicate.Not not => TextMatches(not.Operand),
            Predicate.Matches matches => [matches.Match],
            _ => [],
        };
}
