using SearchEmulator.Definitions;
using SearchEmulator.Http;

namespace SearchEmulator.Text;

/// <summary>Runs a parsed text against the inverted lists: BM25 per term and field, summed.</summary>
internal sealed class TextSearch(TextIndex index, IReadOnlyList<TextField> fields, bool allTerms, IEnumerable<int> everySlot)
{
    /// <summary>Matching slots and their scores.</summary>
    public Dictionary<int, float> Run(TextQuery query) => Evaluate(query) ?? [];

    /// <summary>Null where the analyzers left nothing of the text: such a clause neither matches nor excludes.</summary>
    private Dictionary<int, float>? Evaluate(TextQuery query)
    {
        switch (query)
        {
            case TextQuery.Everything:
                return everySlot.ToDictionary(slot => slot, _ => query.Boost);
            case TextQuery.Combined combined:
                return Scale(Combine(combined.Clauses), query.Boost);
            default:
                Dictionary<int, float>? total = null;
                foreach (var field in FieldsOf(query))
                {
                    if (EvaluateIn(field, query) is { } found)
                    {
                        total = AddTo(total ?? [], found);
                    }
                }

                return Scale(total, query.Boost);
        }
    }

    private IEnumerable<TextField> FieldsOf(TextQuery query)
    {
        if (query.FieldPath is not { } path)
        {
            return fields;
        }

        return
        [
            index.Find(path)
                ?? throw ServiceException.BadRequest(
                    $"The query refers to '{path}', which is not a searchable field of the index. Parameter name: search"
                ),
        ];
    }

    private Dictionary<int, float>? EvaluateIn(TextField field, TextQuery query)
    {
        if (TermPattern.Of(query, field.SearchAnalyzer) is { } pattern)
        {
            return query is TextQuery.Fuzzy
                ? field.Terms.Where(pattern).Aggregate(new Dictionary<int, float>(), (sum, term) => AddTo(sum, Score(field, term)))
                : field.Terms.Where(pattern).SelectMany(term => field.Find(term)!.Keys).Distinct().ToDictionary(slot => slot, _ => 1f);
        }

        var text = query is TextQuery.Word word ? word.Text : ((TextQuery.Phrase)query).Text;
        var tokens = field.SearchAnalyzer.Analyze(text);
        if (tokens.Count == 0)
        {
            return null;
        }

        if (query is TextQuery.Phrase phrase && tokens.Count > 1)
        {
            return PhraseMatch.Score(field, tokens, phrase.Slop, this);
        }

        return tokens.Count == 1
            ? Score(field, tokens[0].Term)
            : CombineScores([.. tokens.Select(token => (allTerms ? Occurrence.Must : Occurrence.Should, Score(field, token.Term)))]);
    }

    private Dictionary<int, float>? Combine(IReadOnlyList<Clause> clauses)
    {
        var evaluated = new List<(Occurrence, Dictionary<int, float>)>();
        foreach (var clause in clauses)
        {
            if (Evaluate(clause.Query) is { } found)
            {
                evaluated.Add((clause.Occurrence, found));
            }
        }

        return evaluated.Count == 0 ? null : CombineScores(evaluated);
    }

    private static Dictionary<int, float> CombineScores(List<(Occurrence Occurrence, Dictionary<int, float> Found)> clauses)
    {
        var required = clauses.Where(clause => clause.Occurrence == Occurrence.Must).Select(clause => clause.Found).ToList();
        var scores = new Dictionary<int, float>();
        foreach (var (_, found) in clauses.Where(clause => clause.Occurrence != Occurrence.MustNot))
        {
            AddTo(scores, found);
        }

        foreach (var slot in scores.Keys)
        {
            if (
                !required.TrueForAll(found => found.ContainsKey(slot))
                || clauses.Exists(clause => clause.Occurrence == Occurrence.MustNot && clause.Found.ContainsKey(slot))
            )
            {
                scores.Remove(slot);
            }
        }

        return scores;
    }

    private Dictionary<int, float> Score(TextField field, string term)
    {
        var scores = new Dictionary<int, float>();
        if (field.Find(term) is { } documents)
        {
            foreach (var (slot, positions) in documents)
            {
                scores[slot] = Bm25(field, slot, positions.Count, documents.Count);
            }
        }

        return scores;
    }

    public float Bm25(TextField field, int slot, int frequency, int documentFrequency)
    {
        IndexDefinition settings = index.Definition;
        var rarity = Math.Log(1 + ((field.DocumentCount - documentFrequency + 0.5) / (documentFrequency + 0.5)));
        var length = settings.Bm25K1 * (1 - settings.Bm25B + (settings.Bm25B * field.LengthOf(slot) / field.AverageLength));
        return (float)(rarity * frequency * (settings.Bm25K1 + 1) / (frequency + length));
    }

    private static Dictionary<int, float> AddTo(Dictionary<int, float> sum, Dictionary<int, float> more)
    {
        foreach (var (slot, score) in more)
        {
            sum[slot] = sum.GetValueOrDefault(slot) + score;
        }

        return sum;
    }

    private static Dictionary<int, float>? Scale(Dictionary<int, float>? scores, float boost)
    {
        if (scores is not null && boost != 1)
        {
            foreach (var slot in scores.Keys)
            {
                scores[slot] *= boost;
            }
        }

        return scores;
    }
}
