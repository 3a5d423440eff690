using SearchEmulator.Analysis;
using SearchEmulator.Definitions;

namespace SearchEmulator.Text;

/// <summary>The inverted list of one field: for each term, the documents that hold it and where.</summary>
internal sealed class TextField(Field field, AnalyzerSet analyzers)
{
    /// <summary>Between two values of a collection, so that no phrase matches across them.</summary>
    private const int ValueGap = 100;

    private readonly Dictionary<string, Dictionary<int, Occurrences>> _terms = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _lengths = [];
    private long _totalLength;

    public Field Field { get; } = field;

    public Analyzer IndexAnalyzer { get; } = analyzers.Find(field.IndexAnalyzer)!;

    public Analyzer SearchAnalyzer { get; } = analyzers.Find(field.SearchAnalyzer)!;

    public int DocumentCount => _lengths.Count;

    public double AverageLength => _lengths.Count == 0 ? 0 : (double)_totalLength / _lengths.Count;

    public IEnumerable<string> Terms => _terms.Keys;

    public Dictionary<int, Occurrences>? Find(string term) => _terms.GetValueOrDefault(term);

    public int LengthOf(int slot) => _lengths[slot];

    public void Add(int slot, List<string> texts)
    {
        var (length, last) = (0, -1);
        foreach (var (term, position) in Positions(texts))
        {
            if (!_terms.TryGetValue(term, out var documents))
            {
                _terms[term] = documents = [];
            }

            documents[slot] = documents.TryGetValue(slot, out var known) ? known.With(position) : new Occurrences(position);

            // As in Lucene, what lies at the position of another term makes a text no longer.
            length += position == last ? 0 : 1;
            last = position;
        }

        if (length > 0)
        {
            _lengths[slot] = length;
            _totalLength += length;
        }
    }

    public void Remove(int slot, List<string> texts)
    {
        foreach (var (term, _) in Positions(texts))
        {
            if (_terms.TryGetValue(term, out var documents) && documents.Remove(slot) && documents.Count == 0)
            {
                _terms.Remove(term);
            }
        }

        if (_lengths.Remove(slot, out var length))
        {
            _totalLength -= length;
        }
    }

    private IEnumerable<(string Term, int Position)> Positions(List<string> texts)
    {
        var offset = 0;
        foreach (var text in texts)
        {
            var last = 0;
            foreach (var token in IndexAnalyzer.Analyze(text))
            {
                last = token.Position;
                yield return (token.Term, offset + token.Position);
            }

            offset += last + ValueGap;
        }
    }
}
