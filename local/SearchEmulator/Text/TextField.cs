using SearchEmulator.Analysis;
using SearchEmulator.Definitions;

namespace SearchEmulator.Text;

/// <summary>The inverted list of one field: for each term, the documents that hold it and where.</summary>
internal sealed class TextField(Field field, AnalyzerSet analyzers)
{
    /// <summary>Between two values of a collection, so that no phrase matches across them.</summary>
    private const int ValueGap = 100;

    private readonly Dictionary<string, Postings> _terms = new(StringComparer.Ordinal);
    private int[] _lengths = [];
    private long _totalLength;

    public Field Field { get; } = field;

    public Analyzer IndexAnalyzer { get; } = analyzers.Find(field.IndexAnalyzer)!;

    public Analyzer SearchAnalyzer { get; } = analyzers.Find(field.SearchAnalyzer)!;

    /// <summary>How many documents have a text here.</summary>
    public int DocumentCount { get; private set; }

    public double AverageLength => DocumentCount == 0 ? 0 : (double)_totalLength / DocumentCount;

    public IEnumerable<string> Terms => _terms.Keys;

    /// <summary>By slot; 0 where a document has no text here.</summary>
    public ReadOnlySpan<int> Lengths => _lengths;

    public Postings? Find(string term) => _terms.GetValueOrDefault(term);

    public void Add(int slot, List<string> texts)
    {
        var (length, last) = (0, -1);
        foreach (var (term, position) in Positions(texts))
        {
            if (!_terms.TryGetValue(term, out var documents))
            {
                _terms[term] = documents = new Postings();
            }

            documents.Add(slot, position);

            // As in Lucene, what lies at the position of another term makes a text no longer.
            length += position == last ? 0 : 1;
            last = position;
        }

        SetLength(slot, length);
    }

    public void Remove(int slot, List<string> texts)
    {
        foreach (var (term, _) in Positions(texts))
        {
            if (_terms.TryGetValue(term, out var documents))
            {
                documents.Remove(slot);
                if (documents.Count == 0)
                {
                    _terms.Remove(term);
                }
            }
        }

        SetLength(slot, 0);
    }

    private void SetLength(int slot, int length)
    {
        if (slot >= _lengths.Length)
        {
            if (length == 0)
            {
                return;
            }

            Array.Resize(ref _lengths, Math.Max(slot + 1, 2 * _lengths.Length));
        }

        DocumentCount += Math.Sign(length) - Math.Sign(_lengths[slot]);
        _totalLength += length - _lengths[slot];
        _lengths[slot] = length;
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
