namespace SearchEmulator.Analysis;

internal static class Analyzers
{
    private static readonly Dictionary<string, Analyzer> ByName = new(StringComparer.Ordinal)
    {
        ["standard.lucene"] = Analyzer.Standard,
        ["standard"] = Analyzer.Standard,
        ["standardasciifolding.lucene"] = Analyzer.Standard with { FoldAccents = true },
        ["keyword"] = Analyzer.Keyword,
        ["simple"] = Analyzer.Simple,
        ["whitespace"] = Analyzer.Whitespace,
        ["stop"] = Analyzer.Simple with { StopWords = StopWords.English },
        ["en.lucene"] = Analyzer.English,
        ["en.microsoft"] = Analyzer.English,
    };

    public static IEnumerable<string> Names => ByName.Keys;

    public static Analyzer? Find(string? name) => name is null ? Analyzer.Standard : ByName.GetValueOrDefault(name);
}
