using SearchEmulator.Analysis;

namespace SearchEmulator.Text;

/// <summary>The terms of one field that a query looks for.</summary>
internal sealed class WantedTerms
{
    private readonly HashSet<string> _terms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly List<Func<string, bool>> _patterns = [];

    public static WantedTerms Of(TextQuery query, TextField field, IReadOnlyList<string> searched)
    {
        var wanted = new WantedTerms();
        wanted.Add(query, field, searched);
        return wanted;
    }

    public bool Contains(string term) => _terms.Contains(term) || _patterns.Exists(isWanted => isWanted(term));

    /// <summary>Whether the document is worth reading for them.</summary>
    public bool MayBeIn(int slot, TextField field) =>
        _patterns.Count > 0 || _terms.Any(term => field.Find(term) is { } documents && documents.IndexOf(slot) >= 0);

    private void Add(TextQuery part, TextField field, IReadOnlyList<string> searched)
    {
        switch (part)
        {
            case TextQuery.Combined combined:
                foreach (var clause in combined.Clauses.Where(clause => clause.Occurrence != Occurrence.MustNot))
                {
                    Add(clause.Query, field, searched);
                }

                break;
            case TextQuery.Everything:
                break;
            default:
                var path = field.Field.Path;
                if (part.FieldPath is { } named ? named == path : searched.Count == 0 || searched.Contains(path))
                {
                    Add(part, field.SearchAnalyzer);
                }

                break;
        }
    }

    private void Add(TextQuery part, Analyzer analyzer)
    {
        if (TermPattern.Of(part, analyzer) is { } pattern)
        {
            _patterns.Add(pattern);
            return;
        }

        // The same words usually come several times, with other weights.
        var text = part is TextQuery.Word word ? word.Text : ((TextQuery.Phrase)part).Text;
        if (_texts.Add(text))
        {
            _terms.UnionWith(analyzer.Analyze(text).Select(token => token.Term));
        }
    }
}
