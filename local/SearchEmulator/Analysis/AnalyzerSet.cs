namespace SearchEmulator.Analysis;

/// <summary>The analyzers that the fields of an index can name: the service's own and those of its definition.</summary>
internal sealed class AnalyzerSet(IReadOnlyDictionary<string, Analyzer> custom)
{
    public static readonly AnalyzerSet OfService = new(new Dictionary<string, Analyzer>());

    public IEnumerable<string> Names => Analyzers.Names.Concat(custom.Keys);

    /// <summary>Null for a name that is not known; no name means the standard one.</summary>
    public Analyzer? Find(string? name) => name is not null && custom.TryGetValue(name, out var own) ? own : Analyzers.Find(name);
}
